import './declarations/decision-subject.ts'

export { bringSitting, type CarriedSitting, carrySitting } from './carry-to-node.ts'
export { examsJobs } from './jobs.ts'
export { closeSittingForReport, reopenSittingAfterReturn } from './sittings/close-for-report.ts'
export {
  findSittingForHall,
  fixCandidates,
  freeCandidates,
  lockSittingForHall,
  type SittingInHall,
} from './sittings/fix-candidates.ts'
export { markAbsentFromHall } from './sittings/mark-absent-from-hall.ts'
export { clearMarkFromHall, markFromHall } from './sittings/mark-candidate.ts'
export { openSittingFromHall } from './sittings/open-sitting.ts'
export { proposeComputerCorrections, recordComputerScores } from './sittings/record-computer-scores.ts'
export { scoreByComputer } from './sittings/score-by-computer.ts'
export { minuteOf, whyNotMarkable } from './sittings/sitting.ts'
