import './declarations/decision-subject.ts'

export { examsJobs } from './jobs.ts'
export { closeSittingForReport, reopenSittingAfterReturn } from './sittings/close-for-report.ts'
export {
  findSittingForHall,
  fixCandidates,
  freeCandidates,
  lockSittingForHall,
  type SittingInHall,
} from './sittings/fix-candidates.ts'
export { markFromHall } from './sittings/mark-candidate.ts'
export { proposeComputerCorrections, recordComputerScores } from './sittings/record-computer-scores.ts'
export { minuteOf } from './sittings/sitting.ts'
