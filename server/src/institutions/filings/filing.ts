import { z } from 'zod'
import type { EngineerLevel } from '../catalogues/catalogue.ts'
import { no } from '../refusals.ts'
import {
  type AssessmentPlanDraft,
  assessmentPlan,
  assessmentPlanDraft,
  type TrainingPlanDraft,
  trainingPlan,
  trainingPlanDraft,
} from './filing-plan.ts'

/**
 * Filing 备案 (HB-4.1): a training plan with its assessment plan. The evaluation institution agrees the assessment
 * plan; then province and city each receive it or return it; filed when both have received the same round. What
 * was submitted is frozen: it changes only after a return, in the next round.
 *
 * drafted → proposed → agreed → submitted → filed; returned (by the evaluation institution, city or province) →
 * revised → proposed or, while what was agreed is unchanged, submitted again; withdrawn before it is filed.
 */
export const FILING_STATES = {
  drafted: '草稿',
  proposed: '待商定',
  agreed: '已商定',
  submitted: '待受理',
  returned: '已退回',
  revised: '补正中',
  filed: '已备案',
  withdrawn: '已撤回',
} as const
export type FilingState = keyof typeof FILING_STATES

export const OFFICES = { province: '省人社厅', city: '市州人社局' } as const
export type Office = keyof typeof OFFICES

/** In which states an act is possible at all. */
const POSSIBLE = {
  edit: ['drafted', 'returned', 'revised'],
  propose: ['drafted', 'returned', 'revised'],
  recall: ['proposed', 'agreed'],
  agree: ['proposed'],
  refuseAgreement: ['proposed'],
  submit: ['agreed', 'revised'],
  receive: ['submitted'],
  return: ['submitted'],
  withdraw: ['drafted', 'proposed', 'agreed', 'submitted', 'returned', 'revised'],
} as const satisfies Record<string, readonly FilingState[]>
export type FilingAct = keyof typeof POSSIBLE

export interface Filing {
  id: string
  number: string | null
  organisationId: string
  evaluationOrganisationId: string | null
  provinceCode: string
  cityCode: string
  year: number
  title: string
  occupationId: string | null
  direction: string | null
  level: EngineerLevel | null
  plannedLearners: number | null
  plan: TrainingPlanDraft
  assessmentPlan: AssessmentPlanDraft
  state: FilingState
  revision: number
  round: number
  agreedDigest: string | null
  returnedBy: 'evaluation' | Office | null
  createdAt: Date
  updatedAt: Date
  proposedAt: Date | null
  agreedAt: Date | null
  submittedAt: Date | null
  filedAt: Date | null
  filedOn: string | null
  withdrawnAt: Date | null
  withdrawnReason: string | null
}

/** Why an act is not possible in the filing's state; the verb and the record's actions ask the same. */
export function stateRefusal(filing: Pick<Filing, 'state'>, act: FilingAct) {
  if ((POSSIBLE[act] as readonly FilingState[]).includes(filing.state)) return undefined
  const state = FILING_STATES[filing.state]
  if (filing.state === 'withdrawn') return no.FILING_WITHDRAWN()
  switch (act) {
    case 'edit':
      return no.FILING_NOT_EDITABLE({ state })
    case 'propose':
    case 'submit':
      if (filing.state === 'submitted' || filing.state === 'filed')
        return no.FILING_ALREADY_SUBMITTED({ state })
      return act === 'submit' ? no.FILING_NOT_AGREED() : no.FILING_NOT_EDITABLE({ state })
    case 'agree':
    case 'refuseAgreement':
      return no.FILING_NOT_PROPOSED({ state })
    case 'recall':
      return no.FILING_NOT_RECALLABLE({ state })
    case 'receive':
    case 'return':
      return no.FILING_NOT_SUBMITTED({ state })
    case 'withdraw':
      return no.FILING_NOT_WITHDRAWABLE({ state })
  }
}

const level = z.enum(['初级', '中级', '高级'])

/** What a draft holds; anything may still be missing. */
export const filingDraft = z.strictObject({
  title: z.string().trim().max(100),
  occupationId: z.string().max(40).nullable(),
  direction: z.string().trim().max(60).nullable(),
  level: level.nullable(),
  evaluationOrganisationId: z.uuid().nullable(),
  plannedLearners: z.number().int().min(1).max(100_000).nullable(),
  plan: trainingPlanDraft,
  assessmentPlan: assessmentPlanDraft,
})
export type FilingDraft = z.output<typeof filingDraft>

/** What may be proposed and submitted: nothing missing. */
export const filingContent = z.object({
  title: z.string().min(4, '请填写计划名称，不少于 4 个字'),
  occupationId: z.string('请选择职业'),
  direction: z.string().nullable(),
  level: z.enum(['初级', '中级', '高级'], '请选择等级'),
  evaluationOrganisationId: z.uuid('请选择评价机构'),
  plannedLearners: z.number('请填写计划人数').int().min(1),
  plan: trainingPlan,
  assessmentPlan,
})
export type FilingContent = z.output<typeof filingContent>

export interface ContentProblem {
  path: string
  message: string
}

/** Whether everything is filled in, with every gap at its place. */
export function readContent(
  filing: Filing,
): { ok: true; content: FilingContent } | { ok: false; problems: ContentProblem[] } {
  const parsed = filingContent.safeParse(filing)
  if (parsed.success) return { ok: true, content: parsed.data }
  return {
    ok: false,
    problems: parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  }
}

/** What the evaluation institution agrees to: changing any of it asks for its agreement again. */
export function agreedPart(content: FilingContent) {
  const { occupationId, direction, level, evaluationOrganisationId, plannedLearners, plan, assessmentPlan } =
    content
  const { classes, startsOn, endsOn } = plan
  return {
    occupationId,
    direction,
    level,
    evaluationOrganisationId,
    plannedLearners,
    classes,
    startsOn,
    endsOn,
    assessmentPlan,
  }
}
