import { findOrganisations } from '../../people/index.ts'
import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { dayOf } from '../../platform/clock.ts'
import { printedBy, render } from '../../platform/documents/index.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { clauseName } from '../clause-name.ts'
import { no } from '../refusals.ts'
import { findFiling, officeDecisions } from '../store/filings.ts'
import { occupationName } from '../store/occupations.ts'
import type { Office } from './filing.ts'
import { type TrainingPlan, totalHours } from './filing-plan.ts'

/** The newest answer of an office as a paper: 备案回执, or 补正通知书 after a return (HB-4.1). */
export async function filingReceiptPaper(
  app: App,
  actor: Actor,
  input: { id: string; office: Office },
): Promise<Result<Download, RefusalOf<typeof no, 'FILING_NOT_FOUND' | 'FILING_RECEIPT_NOT_FOUND'>>> {
  const filing = await findFiling(app.db, actor, input.id)
  if (!filing) return refuse(no.FILING_NOT_FOUND())
  const decision = (await officeDecisions(app.db, filing.id)).find((one) => one.office === input.office)
  if (!decision) return refuse(no.FILING_RECEIPT_NOT_FOUND())
  const ids = [filing.organisationId, filing.evaluationOrganisationId ?? [], decision.organisationId].flat()
  const names = new Map((await findOrganisations(app.db, { ids })).map((one) => [one.id, one.name]))
  const name = (id: string | null) => (id ? (names.get(id) ?? '') : '')
  const received = decision.decision === 'received'
  const occupation = filing.occupationId ? ((await occupationName(app.db, filing.occupationId)) ?? '') : ''
  const plan = filing.plan as TrainingPlan
  const decidedOn = dayOf(decision.decidedAt)
  const bytes = await render('filing-receipt', {
    papers: [
      {
        ...(received ? {} : { title: '补正通知书' }),
        number: decision.receiptNumber ?? `${filing.number}（第 ${decision.round} 次报送）`,
        to: name(filing.organisationId),
        body: received
          ? `你单位报送的“${filing.title}”（备案编号 ${filing.number}，第 ${decision.round} 次报送）已收悉，予以备案受理。省、市均受理后，请按备案的计划和方案实施。`
          : `你单位报送的“${filing.title}”（备案编号 ${filing.number}，第 ${decision.round} 次报送）需要补正：${decision.reason}`,
        rows: [
          [
            ['职业', occupation],
            ['等级', filing.level ?? ''],
          ],
          [
            ['方向', filing.direction ?? '不分方向'],
            ['计划人数', `${filing.plannedLearners} 人，${plan.classes} 个班`],
          ],
          [
            ['起止日期', `${plan.startsOn} 至 ${plan.endsOn}`],
            ['学时', `${totalHours(plan.hours)} 学时`],
          ],
          [['评价机构', name(filing.evaluationOrganisationId)]],
        ],
        basis: clauseName(app.policy, decision.clause ?? 'HB-4.1'),
        issuer: name(decision.organisationId),
        issuedOn: decidedOn,
      },
    ],
    demo: app.config.demo,
    printed: printedBy(app, actor),
  })
  return ok({
    fileName: `${received ? '备案回执' : '补正通知书'}-${filing.number}.pdf`,
    mediaType: 'application/pdf',
    bytes,
    inline: true,
  })
}
