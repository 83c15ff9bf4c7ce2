import type { Tx } from '../../platform/db.ts'
import type { EngineerLevel } from '../catalogues/catalogue.ts'
import { findFiledPlan } from '../store/filings.ts'
import type { AssessmentPlan, TrainingPlan } from './filing-plan.ts'

/** A filing in force, as training and exams need it. */
export interface FiledPlan {
  filingId: string
  number: string
  organisationId: string
  evaluationOrganisationId: string
  provinceCode: string
  cityCode: string
  year: number
  title: string
  occupationId: string
  direction: string | null
  level: EngineerLevel
  plannedLearners: number
  plan: TrainingPlan
  assessmentPlan: AssessmentPlan
  startsOn: string
  endsOn: string
  filedOn: string
}

/** The filed plan, or undefined when there is none or it is not filed yet: then nothing may start (HB-4.1). */
export function filedPlan(tx: Tx, filingId: string): Promise<FiledPlan | undefined> {
  return findFiledPlan(tx, filingId)
}
