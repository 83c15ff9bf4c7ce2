import type { Paper } from '../../../../server/src/halls/attempts/wire.ts'

/** Drawn here, so that the practice needs no server: a plain chart with words large enough to read. */
const CHART = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 260" font-family="sans-serif" font-size="14"><rect width="480" height="260" fill="#fff"/><g stroke="#5B6470"><path d="M50 20v200h410" fill="none"/></g><g fill="#1F4E8C"><rect x="90" y="140" width="50" height="80"/><rect x="180" y="100" width="50" height="120"/><rect x="270" y="60" width="50" height="160"/><rect x="360" y="120" width="50" height="100"/></g><g fill="#1B1F24"><text x="95" y="240">一月</text><text x="185" y="240">二月</text><text x="275" y="240">三月</text><text x="365" y="240">四月</text><text x="105" y="132">80</text><text x="190" y="92">120</text><text x="280" y="52">160</text><text x="370" y="112">100</text></g></svg>',
)}`

/** One item of every kind; nothing of it is of an examination. */
export const PRACTICE_PAPER: Paper = {
  title: '练习卷',
  part: 'theory',
  form: 'A',
  minutes: 35,
  totalTenths: 1000,
  groups: [
    { id: 'choice', title: '一、选择与判断', note: '选择后立即保存。' },
    { id: 'write', title: '二、填空与简答', note: '停止输入约一秒后自动保存。' },
    { id: 'case', title: '三、案例与操作', note: '左侧（手机上在上方）是材料。' },
  ],
  items: [
    {
      id: 'p1',
      group: 'choice',
      kind: 'single',
      stem: '看到顶部显示“已保存”，说明什么？',
      scoreTenths: 100,
      options: [
        { id: 'a', text: '服务器已经收到这道题的答案' },
        { id: 'b', text: '已经交卷' },
        { id: 'c', text: '答案只在本机' },
        { id: 'd', text: '考试已经结束' },
      ],
    },
    {
      id: 'p2',
      group: 'choice',
      kind: 'multiple',
      stem: '网络中断时，正确的做法有哪些？',
      scoreTenths: 100,
      options: [
        { id: 'a', text: '保持页面打开，继续作答' },
        { id: 'b', text: '举手告知监考员' },
        { id: 'c', text: '自行更换机器' },
        { id: 'd', text: '等待网络恢复后自动送达' },
      ],
    },
    {
      id: 'p3',
      group: 'choice',
      kind: 'judgement',
      stem: '更改本机的时间，可以延长考试时间。',
      scoreTenths: 50,
      options: [
        { id: 'true', text: '正确' },
        { id: 'false', text: '错误' },
      ],
    },
    {
      id: 'p4',
      group: 'write',
      kind: 'fill',
      stem: '考试时间以（第 1 空）的时间为准；到时（第 2 空）收卷。',
      scoreTenths: 100,
      blanks: 2,
    },
    {
      id: 'p5',
      group: 'write',
      kind: 'short',
      stem: '请用一句话介绍您从事的工作。',
      scoreTenths: 150,
      maxChars: 200,
    },
    {
      id: 's1',
      group: 'case',
      kind: 'scenario',
      stem: '某企业统计了四个月的设备告警次数，见图。请阅读材料后回答本组各题。',
      scoreTenths: 0,
      materials: [
        { title: '图：每月告警次数', image: CHART },
        {
          title: '说明',
          text: '三月更换了一批传感器。\n四月起启用新的告警阈值，阈值上调后，短时波动不再计为告警。',
        },
      ],
    },
    {
      id: 'p6',
      group: 'case',
      kind: 'long',
      stem: '请分析三月告警次数最多的可能原因，并说明四月减少是否说明设备变好。',
      scoreTenths: 300,
      maxChars: 2000,
    },
    {
      id: 'p7',
      group: 'case',
      kind: 'file',
      stem: '请任选一个文件练习上传。文件只留在本机，不会上传到服务器。',
      scoreTenths: 200,
      accept: ['.pdf', '.docx', '.xlsx', '.txt', '.zip', '.png', '.jpg'],
    },
  ],
}
