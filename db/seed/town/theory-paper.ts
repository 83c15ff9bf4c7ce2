// A made-up paper of twenty items; what it asks is common knowledge and nobody's item bank.
type Choice = [stem: string, options: string[], answer: string | string[]]

const SINGLE: Choice[] = [
  [
    '监督学习与无监督学习的主要区别是',
    ['是否使用带标注的数据', '是否使用神经网络', '是否联网', '是否使用图形处理器'],
    'A',
  ],
  [
    '把数据划分为训练集和测试集，是为了',
    ['减少存储', '检验模型在未见过的数据上的表现', '加快训练', '去除重复'],
    'B',
  ],
  ['训练误差很小而测试误差很大，说明模型', ['欠拟合', '已经最优', '过拟合', '没有收敛'], 'C'],
  ['混淆矩阵用于评价', ['聚类', '降维', '数据清洗', '分类'], 'D'],
  ['卷积神经网络最常用于处理', ['图像', '表格公式', '数据库索引', '网络路由'], 'A'],
  ['下列做法可以减轻过拟合的是', ['增加网络层数', '加入正则化', '减少训练数据', '延长训练时间'], 'B'],
  ['批量大小（batch size）指的是', ['模型层数', '学习轮数', '每次更新参数所用的样本数', '特征个数'], 'C'],
  [
    '精确率的含义是',
    ['正例中被找出的比例', '全部样本中判对的比例', '负例中判对的比例', '判为正例的样本中确为正例的比例'],
    'D',
  ],
  [
    '数据标注质量抽检发现问题后，应当',
    ['记录并返工复核', '直接删除全部数据', '不予处理', '降低验收标准'],
    'A',
  ],
  ['模型上线后效果逐渐变差，首先应检查', ['显示器', '输入数据的分布是否变化', '办公网络', '打印机'], 'B'],
]
const MULTIPLE: Choice[] = [
  ['下列属于分类算法的有', ['逻辑回归', '决策树', 'K 均值', '支持向量机'], ['A', 'B', 'D']],
  ['处理缺失值的常用方法有', ['删除记录', '均值填充', '插值', '全部改为负数'], ['A', 'B', 'C']],
  ['使用个人信息训练模型时应当', ['有合法依据', '最小必要', '采取安全措施', '公开原始数据'], ['A', 'B', 'C']],
  ['评价分类模型的指标有', ['召回率', 'F1 值', '轮廓系数', '准确率'], ['A', 'B', 'D']],
  ['模型部署前应准备', ['测试报告', '回退方案', '监控指标', '娱乐节目'], ['A', 'B', 'C']],
]
const JUDGEMENT: [stem: string, answer: boolean][] = [
  ['归一化可以使不同量纲的特征具有可比性。', true],
  ['测试集可以反复用于调整超参数。', false],
  ['学习率过大可能使训练不收敛。', true],
  ['决策树只能用于回归。', false],
  ['数据脱敏后仍应控制访问权限。', true],
]

export interface AnsweredItem {
  stem: string
  /** Texts of the right options; 正确 or 错误 of a judgement. */
  right: string[]
  multiple: boolean
}

const chosen = ([stem, options, answer]: Choice): AnsweredItem => ({
  stem,
  right: [answer].flat().map((letter) => options[letter.charCodeAt(0) - 65] ?? ''),
  multiple: Array.isArray(answer),
})

/** What is right, by the stem: the forms have orders of their own. */
export const THEORY_ANSWERS: AnsweredItem[] = [
  ...SINGLE.map(chosen),
  ...MULTIPLE.map(chosen),
  ...JUDGEMENT.map(([stem, answer]) => ({ stem, right: [answer ? '正确' : '错误'], multiple: false })),
]

const item = (group: string, kind: string) => (one: Choice) => ({
  ...{ group, kind, stem: one[0], options: one[1], answer: one[2], score: 5 },
})

export const THEORY_PAPER = {
  name: '理论知识试卷（演示）.json',
  type: 'application/json',
  bytes: new TextEncoder().encode(
    JSON.stringify({
      format: 'shujiang-paper/1',
      items: [
        ...SINGLE.map(item('一、单项选择题', 'single')),
        ...MULTIPLE.map(item('二、多项选择题', 'multiple')),
        ...JUDGEMENT.map(([stem, answer]) => ({
          group: '三、判断题',
          kind: 'judgement',
          stem,
          answer,
          score: 5,
        })),
      ],
    }),
  ),
}
