import type { Api } from '../platform/api.ts'
import { attendanceProcedures } from './attendance/attendance-procedures.ts'
import { certificateProcedures } from './certificates/certificate-procedures.ts'
import { classProcedures } from './classes/class-procedures.ts'
import { completionProcedures } from './completion/completion-procedures.ts'
import { enrolmentProcedures } from './enrolments/enrolment-procedures.ts'
import { reportProcedures } from './reports/report-procedures.ts'
import { teacherProcedures } from './teachers/teacher-procedures.ts'
import { timetableProcedures } from './timetable/timetable-procedures.ts'

/** What institutions and supervisors do with training; each noun keeps its own procedures. */
export const workbenchApi = {
  ...classProcedures,
  ...enrolmentProcedures,
  ...teacherProcedures,
  ...timetableProcedures,
  ...attendanceProcedures,
  ...completionProcedures,
  ...certificateProcedures,
  ...reportProcedures,
} satisfies Api
