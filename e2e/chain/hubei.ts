import type { Caller } from '../../db/seed/caller.ts'
import type { Cast } from '../../db/seed/settle-cast.ts'
import * as assess from '../../db/seed/way/assess.ts'
import * as certify from '../../db/seed/way/certify.ts'
import * as plan from '../../db/seed/way/file-plan.ts'
import * as train from '../../db/seed/way/train.ts'
import { AI_JUNIOR, type Way, WUHAN } from '../../db/seed/way/way.ts'
import { addDays } from '../../server/src/platform/clock.ts'
import { caller } from '../caller.ts'
import { aRealLearner, realName, type SignedLearner, signInLearner } from '../learners.ts'
import type { World } from '../world.ts'
import type { ChainLog } from './step.ts'

/**
 * The main job under Hubei's notice, from the catalogues to the verified certificate, as its roles over the public API.
 * Each step first tries what must be refused. The clock is moved between the steps; deadlines are counted by it.
 */
export async function walkHubei(world: World, cast: Cast, way: Way, log: ChainLog): Promise<void> {
  const at = (key: string) => way.staff(key)
  const manager = at(WUHAN.training)
  const evaluation = at(WUHAN.evaluation)
  const province = at(WUHAN.province)
  const city = at(WUHAN.city)
  const outsider = at('qin-yue')
  const feeOf = (key: string) => plan.publishFee(way, key, AI_JUNIOR)
  let feeId = ''
  let filingId = ''

  await log.run('Catalogues', 'HB-6.2', '省人社厅', async ({ refuses, must }) => {
    await refuses(
      'an unlisted institution files a plan',
      'INSTITUTION_NOT_LISTED',
      manager.act('institutions.draft-filing', { title: '未列入目录的计划' }),
    )
    await refuses(
      "another province lists this one's institution",
      'ENTRY_PROVINCE_OUTSIDE',
      at('pan-wan').act(
        'institutions.list-institution',
        plan.catalogueEntry(WUHAN, 'training', ['ai'], way.clock.today()),
      ),
    )
    await refuses(
      'an institution lists itself',
      'FORBIDDEN',
      manager.act(
        'institutions.list-institution',
        plan.catalogueEntry(WUHAN, 'training', ['ai'], way.clock.today()),
      ),
    )
    await plan.listInstitutions(way, WUHAN, ['ai'])
    await plan.confirmHours(way, WUHAN, AI_JUNIOR)
    const proposed = await must(
      province.act('institutions.propose-setting', {
        key: 'engineer.standard-hours/ai/中级',
        value: 8,
        fromOn: way.clock.today(),
        source: '演示设定，非国家职业标准',
      }),
    )
    await refuses(
      'the proposer confirms the figure alone',
      'SETTING_SAME_PERSON',
      province.act('institutions.confirm-setting', { id: proposed.id }),
    )
    return 'both institutions listed, standard hours confirmed by two officers'
  })

  await log.run('Fees', 'HB-6.3', '培训机构', async ({ refuses }) => {
    await refuses(
      'a fee from a day that has passed',
      'FEE_DAY_PAST',
      manager.act('institutions.publish-fee', {
        occupationId: 'ai',
        level: '初级',
        amountCents: 280_000,
        basis: '师资课酬、场地设备折旧和教材成本。',
        fromOn: addDays(way.clock.today(), -1),
      }),
    )
    feeId = await feeOf(WUHAN.training)
    await refuses(
      'the published fee is changed',
      'FEE_ALREADY_PUBLISHED',
      manager.act('institutions.publish-fee', {
        occupationId: 'ai',
        level: '初级',
        amountCents: 380_000,
        basis: '师资课酬、场地设备折旧和教材成本。',
        fromOn: way.clock.today(),
      }),
    )
    return 'published with its cost basis, in force from today'
  })

  await log.run('Filing', 'HB-4.1', '培训机构 · 评价机构 · 市州 · 省厅', async ({ refuses, must }) => {
    const content = plan.planContent(way, cast, WUHAN, AI_JUNIOR, feeId)
    const draft = await plan.draftPlan(way, WUHAN, content)
    filingId = draft.id
    const step = async (key: string) => ({
      id: filingId,
      revision: (await must(at(key).read('institutions.read-filing', { id: filingId }))).revision,
    })
    await refuses(
      'submitted before the evaluation institution agreed',
      'FILING_NOT_AGREED',
      manager.act('institutions.submit-filing', await step(WUHAN.training)),
    )
    await refuses(
      'another institution proposes it',
      'FILING_NOT_FOUND',
      outsider.act('institutions.propose-filing', { id: filingId, revision: draft.revision }),
    )
    await plan.proposePlan(way, WUHAN, filingId)
    await plan.agreePlan(way, WUHAN, filingId)
    const stale = await step(WUHAN.training)
    const twice = await Promise.all([1, 2].map(() => manager.act('institutions.submit-filing', stale)))
    const [second] = twice.filter((one) => one.status !== 200)
    if (twice.filter((one) => one.status === 200).length !== 1 || !second)
      throw new Error('two browsers both submitted the filing')
    await refuses(
      'submitted from a second browser at the same moment',
      'FILING_ALREADY_SUBMITTED',
      Promise.resolve(second),
    )
    await must(
      city.act('institutions.return-filing', {
        id: filingId,
        round: 1,
        reason: '请补充实训设备清单',
        clause: 'HB-4.1',
      }),
    )
    await refuses(
      'the province receives a round that was returned',
      'FILING_NOT_SUBMITTED',
      province.act('institutions.receive-filing', { id: filingId, round: 1 }),
    )
    const returned = await must(manager.read('institutions.read-filing', { id: filingId }))
    await must(
      manager.act('institutions.save-filing', {
        id: filingId,
        revision: returned.revision,
        ...content,
        plan: { ...(content.plan as object), equipment: '计算机 60 台，服务器 2 台，实训套件 30 套。' },
      }),
    )
    await refuses(
      'a class on a plan that is not filed',
      'FILED_PLAN_NOT_FOUND',
      manager.act('training.plan-class', {
        filingId,
        name: '未备案的班',
        capacity: 10,
        startsOn: addDays(way.clock.today(), 10),
        endsOn: addDays(way.clock.today(), 40),
        passMarkTenths: 600,
      }),
    )
    await plan.submitPlan(way, WUHAN, filingId)
    await plan.receivePlan(way, WUHAN, filingId)
    await refuses(
      'changed after it was filed',
      'FILING_NOT_EDITABLE',
      manager.act('institutions.save-filing', { ...(await step(WUHAN.training)), ...content }),
    )
    return 'agreed, returned once, resubmitted, received by city and province'
  })

  let classId = ''
  let announcementId = ''
  let course: Awaited<ReturnType<typeof train.addLessons>> | undefined
  const startsOn = addDays(way.clock.today(), 10)
  const learners: SignedLearner[] = []

  await log.run(
    'Announcement and enrolment',
    'HB-4.2, HB-2',
    '培训机构 · 学员',
    async ({ refuses, must }) => {
      await refuses(
        'a class outside the province',
        'CLASS_OUT_OF_PROVINCE',
        manager.act('training.plan-class', {
          filingId,
          name: '外省班',
          capacity: 3,
          startsOn,
          endsOn: addDays(startsOn, 30),
          passMarkTenths: 600,
          venue: { name: '合肥教室', provinceCode: '340000', cityCode: '340100' },
        }),
      )
      classId = await train.planClass(way, WUHAN, filingId, { capacity: 3, startsOn })
      const teacherId = await train.registerTeacher(way, WUHAN)
      course = await train.addLessons(way, WUHAN, classId, teacherId, startsOn)
      await refuses(
        'an announcement that promises a pass',
        'ADVERTISING_PROHIBITED',
        manager.act('training.announce-class', {
          classId,
          title: '人工智能初级班包过',
          body: '包过，不过退费。',
          contact: '027-00000000',
          enrolFromOn: way.clock.today(),
          enrolToOn: addDays(way.clock.today(), 5),
        }),
      )
      announcementId = await train.announce(way, WUHAN, classId, '人工智能工程技术人员（初级）招生公告', 7)
      const nameless = await signInLearner(world, 1)
      await refuses(
        'a registration without a real name',
        'REAL_NAME_NEEDED',
        nameless.caller.act('training.enrol', { announcementId }),
      )
      await refuses(
        'an ID number with a wrong check digit',
        'PERSON_DOCUMENT_INVALID',
        nameless.caller.act('people.register-real-name', {
          ...realName(nameless.cast),
          idNumber: wrongCheckDigit(nameless.cast.idNumber),
        }),
      )
      await must(nameless.caller.act('people.register-real-name', realName(nameless.cast)))
      const thief = await signInLearner(world, 90)
      await refuses(
        'the same person on a second account',
        'PERSON_HAS_ACCOUNT',
        thief.caller.act('people.register-real-name', realName(nameless.cast)),
      )
      await refuses(
        'somebody who has not said what they do',
        'AUDIENCE_UNSAID',
        nameless.caller.act('training.enrol', { announcementId }),
      )
      const retired = await aRealLearner(world, 2)
      await must(
        retired.caller.act('people.state-fact', {
          kind: 'retirement',
          value: { retired: true, on: '2024-01-01' },
        }),
      )
      await must(
        retired.caller.act('people.state-fact', {
          kind: 'employment',
          value: { status: '在岗', from: '2022-03-01' },
        }),
      )
      await refuses(
        'somebody who has retired',
        'AUDIENCE_NOT_MET',
        retired.caller.act('training.enrol', { announcementId }),
      )
      learners.push(
        nameless,
        await aRealLearner(world, 3),
        await aRealLearner(world, 4),
        await aRealLearner(world, 5),
      )
      for (const one of learners) await train.stateEmployment(way, one.caller)
      const [first, ...others] = learners as [SignedLearner, ...SignedLearner[]]
      await must(first.caller.act('training.enrol', { announcementId }))
      await refuses(
        'the same learner again',
        'ENROLMENT_TWICE',
        first.caller.act('training.enrol', { announcementId }),
      )
      const places = await Promise.all(
        others.map((one) => one.caller.act('training.enrol', { announcementId })),
      )
      const waiting = places.filter((one) => one.body.state === 'waiting').length
      if (waiting !== 1) throw new Error(`three seats, four learners: one should wait, ${waiting} do`)
      await refuses(
        'another institution admits',
        'CLASS_NOT_FOUND',
        outsider.act('training.decide-enrolments', {
          classId,
          enrolmentIds: [classId],
          decision: 'admitted',
        }),
      )
      await refuses(
        'the class starts while registrations wait',
        'ENROLMENTS_UNDECIDED',
        manager.act('training.start-class', { classId }),
      )
      await train.admitEverybody(way, WUHAN, classId)
      return 'public announcement; three admitted, one on the waiting list'
    },
  )

  await log.run('Training', 'HB-4.3, HB-6.3', '教师 · 学员', async ({ refuses, must }) => {
    if (!course) throw new Error('no timetable')
    const teacher = at(WUHAN.teacher)
    way.clock.setDay(startsOn, '08:00')
    await must(manager.act('training.start-class', { classId }))
    const admitted = await admittedLearners(learners, must)
    const { theoryOffline, practiceOffline, theoryOnline } = course.lessons
    const [first] = admitted as [SignedLearner, ...SignedLearner[]]
    way.clock.setDay(course.theoryOn, '08:50')
    const door = async (lessonId: string) =>
      new URL((await must(teacher.read('training.show-door-code', { lessonId }))).url)
    const code = tokenOf(await door(theoryOffline))
    await refuses(
      'a forged door code',
      'DOOR_CODE_FORGED',
      first.caller.act('training.check-in', { lessonId: theoryOffline, token: `${code}x` }),
    )
    await refuses(
      'somebody who is not enrolled',
      'NOT_ENROLLED',
      (await aRealLearner(world, 6)).caller.act('training.check-in', {
        lessonId: theoryOffline,
        token: code,
      }),
    )
    for (const one of admitted)
      await must(one.caller.act('training.check-in', { lessonId: theoryOffline, token: code }))
    await refuses(
      'checked in twice',
      'CHECKED_IN_ALREADY',
      first.caller.act('training.check-in', { lessonId: theoryOffline, token: code }),
    )
    way.clock.setDay(course.theoryOn, '13:30')
    await refuses(
      "the morning's code in the afternoon",
      'LESSON_NOT_ON',
      first.caller.act('training.check-in', { lessonId: theoryOffline, token: code }),
    )
    if (!theoryOnline) throw new Error('no online lesson')
    for (const [index, one] of admitted.entries()) {
      await watch(world, way, one.caller, theoryOnline, index === 0 ? refuses : undefined)
    }
    way.clock.setDay(course.practiceOn, '13:50')
    const practice = tokenOf(await door(practiceOffline))
    for (const one of admitted)
      await must(one.caller.act('training.check-in', { lessonId: practiceOffline, token: practice }))
    return `${admitted.length} learners: door code in the morning, online by the server's clock, practice at the door`
  })

  await log.run('Completion', 'HB-4.3', '教师 · 培训机构', async ({ refuses, must }) => {
    if (!course) throw new Error('no timetable')
    await refuses(
      'completion before the last lesson is over',
      'LESSONS_OUTSTANDING',
      manager.act('training.complete-class', { classId }),
    )
    way.clock.setDay(addDays(course.theoryOn, 9), '10:00')
    await refuses(
      'completion without an assessment',
      'ASSESSMENTS_MISSING',
      manager.act('training.complete-class', { classId }),
    )
    const enrolments = await train.enrolmentsOf(way, WUHAN, classId)
    await train.enterScores(way, WUHAN, classId, enrolments)
    await refuses(
      'a certificate before completion',
      'CLASS_STATE',
      manager.act('training.issue-certificates', { classId }),
    )
    await train.completeAndIssue(way, WUHAN, classId)
    await refuses(
      'certificates issued twice',
      'NOTHING_TO_ISSUE',
      manager.act('training.issue-certificates', { classId }),
    )
    const mine = await must((learners[0] as SignedLearner).caller.read('certificates.mine'))
    const [certificate] = mine.certificates
    const paper = await (learners[0] as SignedLearner).caller.file('certificates.my-pdf', {
      kind: 'training',
      id: certificate.id,
    })
    if (paper.status !== 200 || !isPdf(paper.bytes))
      throw new Error(`no training certificate as PDF: ${paper.status} ${JSON.stringify(paper.body)}`)
    return `training certificate ${certificate.number} with hours and QR code`
  })

  await log.run('Training report', 'HB-4.3', '培训机构 · 市州 · 省厅', async ({ refuses, must }) => {
    const reportId = await train.reportOf(way, WUHAN.training, classId)
    await refuses(
      'received before it was submitted',
      'REPORT_STATE',
      city.act('training.decide-report', { reportId, decision: 'received' }),
    )
    way.clock.setDay(addDays(way.clock.today(), 31), '09:00')
    for (const supervisor of [city, province]) {
      const { supervised } = await must(supervisor.read('duties.desk'))
      const late = supervised.rows.filter(
        (row: { state: string; clause: string; title: string }) =>
          row.state === 'overdue' && row.clause === 'HB-4.3' && row.title.includes('人工智能初级一班'),
      )
      if (late.length !== 1)
        throw new Error(`${supervisor.name} should see one overdue report, sees ${late.length}`)
    }
    await must(manager.act('training.submit-report', { reportId, narrative: train.NARRATIVE }))
    await refuses(
      'submitted again',
      'REPORT_STATE',
      manager.act('training.submit-report', { reportId, narrative: train.NARRATIVE }),
    )
    await train.receiveTrainingReport(way, WUHAN, reportId)
    await way.settle()
    return 'a day late: shown at both desks, marked, received by both'
  })

  let declarations: string[] = []
  await log.run(
    'Declaration and qualification',
    'HB-4.4, HB-5.8',
    '培训机构 · 学员 · 评价机构',
    async ({ refuses, must }) => {
      const [first, ...others] = (await admittedLearners(learners, must)) as [
        SignedLearner,
        ...SignedLearner[],
      ]
      const uncertified = await aRealLearner(world, 7)
      const mine = await must(first.caller.read('exams.my-certificates'))
      await refuses(
        "somebody else's training certificate",
        'TRAINING_CERTIFICATE_NOT_FOUND',
        uncertified.caller.act('exams.draft-my-declaration', {
          certificateId: mine.rows[0].id,
        }),
      )
      for (const one of others) await train.stateTitle(way, one.caller)
      const { batchId } = await assess.draftBatch(way, cast, WUHAN)
      await refuses('the same learners in a second batch', 'NOTHING_TO_DECLARE', secondBatch(way, cast, must))
      await refuses(
        'a batch with papers missing',
        'DECLARATIONS_NOT_READY',
        manager.act('exams.submit-batch', { batchId }),
      )
      await train.stateTitle(way, first.caller)
      await must(manager.act('exams.withdraw-batch', { batchId, reason: '补齐材料后重新申报' }))
      const again = await assess.draftBatch(way, cast, WUHAN)
      await assess.submitBatch(way, WUHAN, again.batchId)
      declarations = await assess.submittedDeclarations(way, WUHAN)
      await refuses(
        'another evaluation institution confirms',
        'DECLARATION_NOT_FOUND',
        at('meng-ze').read('exams.read-declaration', { declarationId: declarations[0] }),
      )
      await refuses(
        'the training institution confirms',
        'FORBIDDEN',
        manager.act('exams.confirm-declarations', { declarationIds: declarations }),
      )
      await refuses(
        'an override where the rule is met',
        'OVERRIDE_NOT_NEEDED',
        evaluation.act('exams.propose-override', {
          declarationId: declarations[0],
          reason: '现场核验原件，条件实际具备。',
          clause: 'HB-4.4',
        }),
      )
      const confirmed = await assess.confirmQualification(way, WUHAN, declarations)
      return `${declarations.length} declared with their verdicts, ${confirmed} qualified`
    },
  )

  let sittingId = ''
  let heldOn = ''
  let sittingTitle = ''
  await log.run('Assessment', 'HB-4.4', '评价机构 · 考评员', async ({ refuses, must }) => {
    const planned = await assess.planSitting(way, WUHAN, AI_JUNIOR)
    sittingId = planned.sittingId
    heldOn = planned.heldOn
    sittingTitle = planned.title
    await refuses(
      'opened without candidates',
      'SITTING_EMPTY',
      evaluation.act('exams.open-sitting', { sittingId }),
    )
    await assess.assignCandidates(way, WUHAN, sittingId, declarations)
    await refuses(
      'a candidate in two sittings',
      'NOTHING_ASSIGNED',
      evaluation.act('exams.assign-candidates', { sittingId, declarationIds: declarations }),
    )
    const candidates = await assess.candidatesOf(way, WUHAN, sittingId)
    const scores = assess.scoresFor(candidates)
    const examiner = at(WUHAN.examiners[0])
    await refuses(
      'scores before the sitting has ended',
      'SITTING_NOT_ENDED',
      examiner.act('exams.record-scores', { sittingId, scores }),
    )
    await assess.holdSitting(way, WUHAN, sittingId, heldOn)
    await must(examiner.act('exams.record-scores', { sittingId, scores }))
    await refuses(
      'the same examiner enters both times',
      'SCORE_ROWS_REFUSED',
      examiner.act('exams.record-scores', { sittingId, scores }),
    )
    await refuses(
      'published with one entry',
      'SCORES_INCOMPLETE',
      evaluation.act('exams.publish-results', { sittingId }),
    )
    const differing = scores.map((one, index) =>
      index === 0 ? { ...one, scoreTenths: one.scoreTenths - 10 } : one,
    )
    await must(at(WUHAN.examiners[1]).act('exams.record-scores', { sittingId, scores: differing }))
    await refuses(
      'published while the examiners differ',
      'SCORES_INCOMPLETE',
      evaluation.act('exams.publish-results', { sittingId }),
    )
    for (const key of WUHAN.examiners)
      await must(at(key).act('exams.record-scores', { sittingId, scores: scores.slice(0, 1) }))
    await assess.publishResults(way, WUHAN, sittingId)
    return `${candidates.length} candidates, every score entered by two examiners, one difference entered again`
  })

  let reportId = ''
  await log.run('Result report and confirmation', 'HB-4.4', '评价机构 · 省厅', async ({ refuses, must }) => {
    reportId = await certify.resultReportOf(way, WUHAN.evaluation, sittingTitle)
    await refuses(
      'confirmed before it was reported',
      'RESULT_REPORT_STATE',
      province.act('certificates.confirm-report', { reportId }),
    )
    await refuses(
      'certificates before the audit',
      'RESULT_REPORT_STATE',
      evaluation.act('certificates.issue-report', { reportId }),
    )
    await certify.submitResultReport(way, WUHAN, reportId)
    await must(province.act('certificates.return-report', { reportId, reason: '请补充考场记录说明' }))
    await certify.submitResultReport(way, WUHAN, reportId)
    await refuses(
      'another province confirms',
      'RESULT_REPORT_NOT_FOUND',
      at('pan-wan').act('certificates.confirm-report', { reportId }),
    )
    await certify.confirmResultReport(way, WUHAN, reportId)
    await refuses(
      'confirmed twice',
      'RESULT_REPORT_STATE',
      province.act('certificates.confirm-report', { reportId }),
    )
    return 'reported, returned once, reported again, confirmed within 10 working days'
  })

  await log.run('National audit', 'HB-4.4', '省厅 · 国家办公室', async ({ refuses, must }) => {
    const national = at(WUHAN.national)
    await refuses(
      'audited before it was sent',
      'RESULT_REPORT_STATE',
      national.act('certificates.audit-report', { reportId, returned: [] }),
    )
    const exchangeId = await certify.sendToNational(way, WUHAN, [reportId])
    const file = await province.file('certificates.download-exchange', { exchangeId, format: 'json' })
    if (file.status !== 200) throw new Error('the file for the national office cannot be downloaded')
    const foreign = new TextEncoder().encode(
      new TextDecoder().decode(file.bytes).replaceAll(/[0-9a-f]{64}/g, '0'.repeat(64)),
    )
    const upload = (bytes: Uint8Array<ArrayBuffer>, keep: boolean) =>
      province.act(
        'certificates.import-audit-result',
        { keep },
        { file: { name: 'result.json', type: 'application/json', bytes } },
      )
    const answer = await upload(foreign, true)
    await refuses(
      'the exported file handed back as a result, its hashes changed',
      'AUDIT_FILE_ROWS',
      Promise.resolve(answer),
    )
    await certify.auditReport(way, WUHAN, reportId)
    await refuses(
      'audited twice',
      'RESULT_REPORT_STATE',
      national.act('certificates.audit-report', { reportId, returned: [] }),
    )
    await must(national.read('certificates.list-exchanges'))
    return 'sent with a hash of its items, audited by its own role'
  })

  let number = ''
  await log.run('Issue', 'HB-4.4', '评价机构', async ({ refuses, must }) => {
    await refuses(
      'issued by an examiner',
      'FORBIDDEN',
      at(WUHAN.examiners[0]).act('certificates.issue-report', { reportId }),
    )
    const issued = await certify.issueCertificates(way, WUHAN, reportId)
    await refuses(
      'issued twice',
      'RESULT_REPORT_STATE',
      evaluation.act('certificates.issue-report', { reportId }),
    )
    const { certificates } = await must((learners[0] as SignedLearner).caller.read('certificates.mine'))
    const level = certificates.find((one: { kind: string }) => one.kind === 'level')
    number = level.number
    const paper = await (learners[0] as SignedLearner).caller.file('certificates.my-pdf', {
      kind: 'level',
      id: level.id,
    })
    if (paper.status !== 200 || !isPdf(paper.bytes))
      throw new Error(`no level certificate as PDF: ${paper.status} ${JSON.stringify(paper.body)}`)
    return `${issued} level certificates, signed and registered; ${number} as PDF`
  })

  await log.run('Verification', 'HB-4.4, HB-6.3', '公众', async ({ refuses, must }) => {
    const anyone = caller(world, 'portal', '公众', { token: undefined })
    const holder = (learners[0] as SignedLearner).cast.name
    const wrongName = await must(anyone.act('certificates.verify', { number, name: '无此人' }))
    const wrongNumber = await must(anyone.act('certificates.verify', { number: `${number}9`, name: holder }))
    if (JSON.stringify(wrongName) !== JSON.stringify(wrongNumber))
      throw new Error('a wrong name and a wrong number are answered differently')
    const right = await must(anyone.act('certificates.verify', { number, name: holder }))
    if (JSON.stringify(right) === JSON.stringify(wrongName))
      throw new Error('the right name is not recognised')
    const found = await must(evaluation.read('certificates.list', { q: number }))
    const certificateId = found.rows[0].id
    await must(
      evaluation.act('certificates.propose-change', {
        certificateId,
        kind: 'correction',
        reason: '方向名称录入有误',
        corrected: { direction: '计算机视觉产品实现' },
      }),
    )
    const { rows } = await must(evaluation.read('certificates.list-changes'))
    const changeId = rows[0].id
    await refuses(
      'the proposer decides the correction',
      'CHANGE_SAME_PERSON',
      evaluation.act('certificates.decide-change', { changeId, decision: 'approved' }),
    )
    await must(
      at(WUHAN.evaluationSecond).act('certificates.decide-change', { changeId, decision: 'approved' }),
    )
    await way.settle()
    await refuses(
      'the correction decided twice',
      'CHANGE_DECIDED',
      at(WUHAN.evaluationSecond).act('certificates.decide-change', { changeId, decision: 'approved' }),
    )
    const old = await must(anyone.act('certificates.verify', { number, name: holder }))
    if (JSON.stringify(old) === JSON.stringify(right))
      throw new Error('the corrected certificate still reads as before')
    return `${number} verified without an account; corrected by two people, the old number says so`
  })

  await log.run('Credit', 'HB-5.1, HB-5.2', '学员', async ({ refuses, must }) => {
    const first = learners[0] as SignedLearner
    const year = Number(way.clock.today().slice(0, 4))
    const hours = await must(first.caller.read('benefits.my-hours', { year }))
    if (hours.total !== 1) throw new Error(`hours should be credited once, not ${hours.total} times`)
    const proof = await must(first.caller.act('benefits.issue-proof', { year }))
    const sheet = await first.caller.file('benefits.proof-pdf', { proofId: proof.id })
    if (!isPdf(sheet.bytes)) throw new Error(`no proof of hours as PDF: ${sheet.status}`)
    const titles = await must(first.caller.read('benefits.my-titles'))
    const standing = titles.rows.filter((one: { revokedOn: string | null }) => !one.revokedOn)
    if (standing.length !== 1) throw new Error(`one title should stand: ${JSON.stringify(titles.rows)}`)
    const form = await first.caller.file('benefits.my-title-pdf', { recognitionId: standing[0].id })
    if (!isPdf(form.bytes)) throw new Error(`no title recognition as PDF: ${form.status}`)
    const stranger = await aRealLearner(world, 8)
    await refuses(
      'hours proof without hours',
      'HOURS_NONE_IN_YEAR',
      stranger.caller.act('benefits.issue-proof', { year }),
    )
    await refuses(
      "another learner's proof",
      'HOURS_PROOF_NOT_FOUND',
      stranger.caller.file('benefits.proof-pdf', { proofId: proof.id }),
    )
    return `hours credited once, title recognised directly (${standing[0].number}), both as PDF`
  })

  await log.run('Numbers', 'HB-1', '省厅', async ({ refuses, must }) => {
    const year = Number(way.clock.today().slice(0, 4))
    await refuses(
      'a city sets the target',
      'FORBIDDEN',
      city.act('supervision.set-target', { year, people: 1, source: '演示设定' }),
    )
    await refuses(
      "a target for another province's city",
      'TARGET_CITY_NOT_FOUND',
      province.act('supervision.set-target', { year, cityCode: '340100', people: 1, source: '演示设定' }),
    )
    const seen = await must(province.read('supervision.overview', { year }))
    if (seen.reached !== 3) throw new Error(`three learners were trained, the overview says ${seen.reached}`)
    if (seen.target?.people !== 2000) throw new Error("the notice's yearly target is not shown")
    const log = await must(at('shen-jian').read('people.verify-audit'))
    if (log.brokenAt !== null) throw new Error(`the audit log is broken at ${log.brokenAt}`)
    return `target ${seen.target.people}, trained ${seen.reached}; each figure opens its people`
  })
}

/** Learners of the class, without the one on the waiting list. */
async function admittedLearners(learners: SignedLearner[], must: Way['must']): Promise<SignedLearner[]> {
  const found: SignedLearner[] = []
  for (const one of learners) {
    const { rows } = await must(one.caller.read('training.my-courses'))
    if (rows.some((row: { state: string }) => row.state === 'admitted' || row.state === 'completed'))
      found.push(one)
  }
  return found
}

async function watch(
  world: World,
  way: Way,
  learner: Caller,
  lessonId: string,
  refuses: ((tried: string, code: string, call: ReturnType<Caller['act']>) => Promise<void>) | undefined,
): Promise<void> {
  const { sessionId, lengthMs } = await way.must(learner.act('training.start-watching', { lessonId }))
  way.clock.advance(15)
  const skipped = await way.must(
    learner.act('training.beat', { sessionId, positionMs: lengthMs - 1000, playing: true }),
  )
  if (skipped.creditedMs > 16_000) throw new Error('skipping ahead was credited')
  let session = sessionId
  if (refuses) {
    const second = await way.must(learner.act('training.start-watching', { lessonId }))
    await refuses(
      'a second tab goes on beside the first',
      'WATCHING_ELSEWHERE',
      learner.act('training.beat', { sessionId, positionMs: 0, playing: true }),
    )
    session = second.sessionId
  } else {
    session = (await way.must(learner.act('training.start-watching', { lessonId }))).sessionId
  }
  let position = 0
  for (let beats = 0; beats < 400; beats += 1) {
    world.app.clock.advance(30)
    position = Math.min(lengthMs, position + 30_000)
    const answer = await way.must(
      learner.act('training.beat', { sessionId: session, positionMs: position, playing: true }),
    )
    if (answer.done) return
    if (answer.meaning !== 'watched' || position >= lengthMs) position = answer.resumeMs
  }
  throw new Error('the online lesson never ended')
}

function tokenOf(url: URL): string {
  return url.searchParams.get('token') ?? url.searchParams.get('t') ?? url.hash.slice(1)
}

function isPdf(bytes: Uint8Array | undefined): boolean {
  return bytes !== undefined && new TextDecoder().decode(bytes.subarray(0, 5)) === '%PDF-'
}

function wrongCheckDigit(idNumber: string): string {
  return idNumber.slice(0, 17) + (idNumber.endsWith('1') ? '2' : '1')
}

async function secondBatch(way: Way, cast: Cast, must: Way['must']) {
  const manager = way.staff(WUHAN.training)
  const { rows } = await must(manager.read('training.list-certificates', { size: 200 }))
  return manager.act('exams.draft-batch', {
    evaluationOrganisationId: cast.organisations.get(WUHAN.evaluationOrganisation),
    certificateIds: rows.map((one: { id: string }) => one.id),
  })
}
