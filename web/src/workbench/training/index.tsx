import type { WorkbenchModule } from '../../ui/desk/module.ts'
import { page } from '../../ui/page.tsx'

export const routes: WorkbenchModule['routes'] = [
  page('/training/classes', () => import('./classes-page.tsx'), 'ClassesPage'),
  page('/training/classes/new', () => import('./new-class-page.tsx'), 'NewClassPage'),
  page('/training/classes/$id', () => import('./class-page.tsx'), 'ClassPage'),
  page('/training/classes/$id/announce', () => import('./announce-page.tsx'), 'AnnouncePage'),
  page('/training/classes/$id/enrolments', () => import('./enrolments-page.tsx'), 'EnrolmentsPage'),
  page('/training/classes/$id/timetable', () => import('./timetable-page.tsx'), 'TimetablePage'),
  page('/training/classes/$id/lessons/new', () => import('./new-lesson-page.tsx'), 'NewLessonPage'),
  page('/training/classes/$id/hours', () => import('./hours-page.tsx'), 'HoursPage'),
  page('/training/classes/$id/scores', () => import('./scores-page.tsx'), 'ScoresPage'),
  page('/training/enrolments/$id', () => import('./enrolment-page.tsx'), 'EnrolmentPage'),
  page('/training/lessons/$id', () => import('./lesson-page.tsx'), 'LessonPage'),
  page('/training/lessons/$id/door', () => import('./door-page.tsx'), 'DoorPage', { bare: true }),
  page('/training/teachers', () => import('./teachers-page.tsx'), 'TeachersPage'),
  page('/training/teachers/new', () => import('./new-teacher-page.tsx'), 'NewTeacherPage'),
  page('/training/certificates', () => import('./certificates-page.tsx'), 'CertificatesPage'),
  page('/training/certificates/$id', () => import('./certificate-page.tsx'), 'CertificatePage'),
  page('/training/reports', () => import('./reports-page.tsx'), 'ReportsPage'),
  page('/training/reports/$id', () => import('./report-page.tsx'), 'ReportPage'),
  page('/training/register', () => import('./register-page.tsx'), 'RegisterPage'),
]

export const menu: WorkbenchModule['menu'] = {
  group: '培训',
  items: [
    { label: '培训班', to: '/training/classes', permission: 'training.read-classes' },
    { label: '教师', to: '/training/teachers', permission: 'training.read-classes' },
    { label: '培训合格证书', to: '/training/certificates', permission: 'training.read-classes' },
    { label: '培训报告', to: '/training/reports', permission: 'training.read-reports' },
    { label: '实名制名册', to: '/training/register', permission: 'training.read-register' },
  ],
}
