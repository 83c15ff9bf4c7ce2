import { receiveTrainingReport, submitTrainingReport } from '../way/train.ts'
import { AI_JUNIOR, WUHAN } from '../way/way.ts'
import { certificatesOf, nameOf, trainClass } from './classes.ts'
import { holdTheoryByComputer } from './computer-sitting.ts'
import { declareAndConfirm, draftOwn } from './declarations.ts'
import { inPost, withoutPath } from './facts.ts'
import { holdSitting, leadReport } from './sittings.ts'
import type { Town } from './stage.ts'
import type { WuhanPlans } from './wuhan-plans.ts'

/**
 * The first class, long finished, with every ending: 1–6 hold level certificates (2 corrected, 3 withdrawn, 4 about to
 * be), 7 failed, 8 was absent, 9 was sent out, 10 did not declare after all, 11 was qualified by exception, 12 must
 * train again.
 */
export function finishFirstClass(town: Town, plans: WuhanPlans): void {
  const { way } = town
  const parties = WUHAN
  const first = trainClass(town, {
    parties,
    name: '人工智能初级一班',
    title: '人工智能工程技术人员（初级）一班招生公告',
    filing: plans.first,
    teacher: plans.teacher,
    capacity: 40,
    announced: -288,
    starts: -280,
    completed: -270,
    learners: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    statements: { 11: withoutPath, 12: inPost },
    failing: [12],
  })
  correctTrainingCertificate(town, 10)
  town.on(-255, '10:00', () => submitTrainingReport(way, parties, first.classId))
  town.on(-252, '15:00', () => receiveTrainingReport(way, parties, first.reportId))

  declareAndConfirm(town, parties, [1, 2, 3, 4, 5, 6, 7, 8, 9], { declared: -250, confirmed: -245 })
  const story = {
    parties,
    subject: AI_JUNIOR,
    title: '人工智能工程技术人员初级考核(第一场)',
    held: -230,
    learners: [1, 2, 3, 4, 5, 6, 7, 8, 9],
    failing: [7],
    absent: [8],
    misconduct: [9],
    theoryByComputer: true,
  }
  const sitting = holdSitting(town, story)
  holdTheoryByComputer(town, story, sitting)
  leadReport(town, parties, sitting, {
    submitted: -222,
    returned: -219,
    resubmitted: -216,
    confirmed: -212,
    sent: -211,
    audited: -200,
    issued: -190,
  })
  verifyPapers(town, [1, 2])
  changeLevelCertificates(town)
  declareByThemselves(town)
  verifyInPublic(town)
}

function correctTrainingCertificate(town: Town, n: number): void {
  const { way } = town
  town.on(-262, '09:00', async () => {
    const [certificateId] = await certificatesOf(town, WUHAN.training, [n])
    const { id } = await way.must(
      way.staff(WUHAN.training).act('training.propose-certificate-change', {
        certificateId,
        kind: 'correction',
        corrected: { direction: '计算机视觉产品实现' },
        reason: '方向登记有误，按学员实际选修方向更正',
      }),
    )
    await way.must(
      way.staff('he-jing').act('training.decide-certificate-change', { changeId: id, decision: 'approved' }),
    )
  })
}

/** The confirmer has seen the originals of some; whoever looks at a person says what for. */
function verifyPapers(town: Town, learners: number[]): void {
  const { way } = town
  town.on(-246, '15:30', async () => {
    for (const n of learners) {
      const { personId } = await town.learner(n)
      const evaluation = way.staff(WUHAN.evaluation)
      const { facts } = await way.must(
        evaluation.act('people.read-person', { personId, purpose: '资格确认时核验原件' }),
      )
      const title = facts.find((fact: { kind: string }) => fact.kind === 'titles')
      await way.must(evaluation.act('people.verify-fact', { factId: title.id }))
    }
    const { personId } = await town.learner(learners[0] ?? 1)
    await way.must(
      way.staff(WUHAN.city).act('people.read-id-number', { personId, purpose: '核对实名制名册' }),
    )
  })
}

function changeLevelCertificates(town: Town): void {
  const { way } = town
  const evaluation = () => way.staff(WUHAN.evaluation)
  const propose = async (n: number, change: Record<string, unknown>) => {
    const { rows } = await way.must(
      evaluation().read('certificates.list', { q: await nameOf(town, n), state: 'issued' }),
    )
    const { id } = await way.must(
      evaluation().act('certificates.propose-change', { certificateId: rows[0].id, ...change }),
    )
    return id as string
  }
  const decide = (changeId: string) =>
    way.must(
      way
        .staff(WUHAN.evaluationSecond)
        .act('certificates.decide-change', { changeId, decision: 'approved', reason: '复核属实' }),
    )
  const changes = { correction: '', withdrawal: '' }
  town.on(-172, '10:00', async () => {
    changes.correction = await propose(2, {
      kind: 'correction',
      reason: '方向名称录入有误',
      corrected: { direction: '计算机视觉产品实现' },
    })
  })
  town.on(-170, '11:00', () => decide(changes.correction))
  town.on(-152, '10:00', async () => {
    changes.withdrawal = await propose(3, { kind: 'withdrawal', reason: '查实由他人代考' })
  })
  town.on(-150, '16:00', () => decide(changes.withdrawal))
  town.on(-2, '14:00', () =>
    propose(4, {
      kind: 'correction',
      reason: '方向与申报表不一致，待复核',
      corrected: { direction: '人工智能平台产品实现' },
    }),
  )
}

/** Two who declared on their own: one thought better of it, one came through by exception (HB-4.4, HB-3.1). */
function declareByThemselves(town: Town): void {
  const { way } = town
  const own = { withdrawn: '', exception: '' }
  town.on(-240, '20:10', async () => {
    own.withdrawn = await draftOwn(town, 10)
    const { caller } = await town.learner(10)
    await way.must(caller.act('exams.submit-my-declaration', { declarationId: own.withdrawn }))
  })
  town.on(-238, '21:00', async () => {
    const { caller } = await town.learner(10)
    await way.must(
      caller.act('exams.withdraw-my-declaration', {
        declarationId: own.withdrawn,
        reason: '工作安排冲突，下次再申报',
      }),
    )
  })
  town.on(-24, '20:30', async () => {
    own.exception = await draftOwn(town, 11)
    const { caller } = await town.learner(11)
    await way.must(
      caller.act('exams.submit-my-declaration', {
        declarationId: own.exception,
        despite: '职称证书遗失，正在补办，发证单位可以证明',
      }),
    )
  })
  town.on(-20, '10:00', () =>
    way.must(
      way.staff(WUHAN.evaluation).act('exams.propose-override', {
        declarationId: own.exception,
        reason: '发证单位来函证明其持有技术员职称，原件补办中。',
        clause: 'HB-4.4',
      }),
    ),
  )
  town.on(-18, '15:00', async () => {
    const { overrides } = await way.must(
      way.staff(WUHAN.evaluationSecond).read('exams.read-declaration', { declarationId: own.exception }),
    )
    await way.must(
      way.staff(WUHAN.evaluationSecond).act('exams.decide-override', {
        overrideId: overrides[0].id,
        decision: 'approved',
        reason: '已电话核实发证单位，情况属实',
      }),
    )
  })
}

function verifyInPublic(town: Town): void {
  const { way } = town
  town.on(-100, '13:20', async () => {
    const { rows } = await way.must(way.staff(WUHAN.evaluation).read('certificates.list', { size: 200 }))
    for (const row of rows.slice(0, 4)) {
      await way.must(town.public.act('certificates.verify', { number: row.number, name: row.holderName }))
    }
    await way.must(town.public.act('certificates.verify', { number: rows[0].number, name: '无此人' }))
  })
}
