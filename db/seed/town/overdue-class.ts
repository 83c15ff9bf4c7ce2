import { A_PAPER, submitTrainingReport } from '../way/train.ts'
import { WUHAN } from '../way/way.ts'
import { certificatesOf, trainClass } from './classes.ts'
import { declarationsOf, draftBatch } from './declarations.ts'
import { graduate, inPost, technicianWithoutPaper, withoutPath } from './facts.ts'
import type { Town } from './stage.ts'
import type { WuhanPlans } from './wuhan-plans.ts'

/** Completed 45 days ago and never reported: overdue at both desks. Its learners' declarations stand at every desk. */
export function leaveReportOverdue(town: Town, plans: WuhanPlans): void {
  trainClass(town, {
    parties: WUHAN,
    name: '人工智能初级三班',
    title: '人工智能工程技术人员（初级）三班招生公告',
    filing: plans.second,
    teacher: plans.teacher,
    capacity: 30,
    announced: -73,
    starts: -62,
    completed: -45,
    learners: [23, 24, 25, 26, 27, 28, 29, 31, 32],
    statements: {
      24: technicianWithoutPaper,
      26: graduate,
      27: withoutPath,
      28: technicianWithoutPaper,
      29: graduate,
      31: withoutPath,
      32: technicianWithoutPaper,
    },
  })
  sendDeclarations(town)
  repeatForTheFailed(town, plans)
}

function sendDeclarations(town: Town): void {
  const { way } = town
  const evaluation = () => way.staff(WUHAN.evaluation)
  const said = { clause: 'HB-4.4' }
  town.on(-14, '10:00', async () => {
    const batchId = await draftBatch(town, WUHAN, [25, 26, 27, 28, 29, 31, 32])
    await way.must(
      way.staff(WUHAN.training).act('exams.submit-batch', {
        batchId,
        despite: '部分学员的证明材料正在补办，先行申报，请退回时注明所缺材料',
      }),
    )
  })
  town.on(-11, '09:30', async () => {
    const [qualified, refused, returned] = await declarationsOf(town, WUHAN, [29, 31, 28])
    await judgeMajor(town, qualified ?? '')
    await way.must(evaluation().act('exams.confirm-declarations', { declarationIds: [qualified] }))
    await way.must(
      evaluation().act('exams.refuse-declarations', {
        ...said,
        declarationIds: [refused],
        reason: '没有职称、相关学历或技工院校毕业，不符合任何一条申报路径',
      }),
    )
    await way.must(
      evaluation().act('exams.return-declarations', {
        ...said,
        declarationIds: [returned],
        reason: '请补充技术员职称证书扫描件',
        needs: ['职称证书'],
      }),
    )
  })
  town.on(-9, '16:30', async () => {
    const [declarationId] = await declarationsOf(town, WUHAN, [25])
    await way.must(
      way
        .staff(WUHAN.training)
        .act(
          'exams.attach-evidence',
          { declarationId, need: '其他' },
          { file: { name: '单位推荐意见.pdf', type: 'application/pdf', bytes: A_PAPER } },
        ),
    )
  })
  town.on(-2, '11:10', async () => {
    const [declarationId] = await declarationsOf(town, WUHAN, [27])
    await way.must(
      evaluation().act('exams.propose-override', {
        ...said,
        declarationId,
        reason: '所在单位证明其从事人工智能应用实施五年，拟按实际能力认定。',
      }),
    )
  })
  town.on(-1, '10:00', async () => {
    await draftBatch(town, WUHAN, [23, 24])
    const [certificateId] = await certificatesOf(town, WUHAN.training, [25])
    await way.must(
      way.staff(WUHAN.training).act('training.propose-certificate-change', {
        certificateId,
        kind: 'correction',
        corrected: { direction: '计算机视觉产品实现' },
        reason: '学员反映方向登记有误，待核对选课记录',
      }),
    )
  })
}

/** 相关专业 is an open term: the confirmer says whether this degree is one. */
async function judgeMajor(town: Town, declarationId: string): Promise<void> {
  const evaluation = town.way.staff(WUHAN.evaluation)
  const { judgements } = await town.way.must(evaluation.read('exams.read-declaration', { declarationId }))
  const open = judgements.asked.find((one: { term: string }) => one.term === '相关专业')
  await town.way.must(
    evaluation.act('exams.judge-declaration', {
      declarationId,
      term: open.term,
      personFactId: open.personFactId,
      result: '认定',
      reason: '主干课程含程序设计、数据库和机器学习，与所申报职业相关',
    }),
  )
}

/** A short class for who must train again: its report waits for the province, the city has received it. */
function repeatForTheFailed(town: Town, plans: WuhanPlans): void {
  const { way } = town
  const repeat = trainClass(town, {
    parties: WUHAN,
    name: '人工智能初级补训班',
    title: '人工智能工程技术人员（初级）补训班招生公告',
    filing: plans.second,
    teacher: plans.teacher,
    capacity: 10,
    announced: -32,
    starts: -22,
    completed: -10,
    learners: [12, 47],
    statements: { 47: inPost },
  })
  town.on(-4, '10:00', () => submitTrainingReport(way, WUHAN, repeat.classId))
  town.on(-3, '14:20', () =>
    way.must(
      way
        .staff(WUHAN.city)
        .act('training.decide-report', { reportId: repeat.reportId, decision: 'received' }),
    ),
  )
}
