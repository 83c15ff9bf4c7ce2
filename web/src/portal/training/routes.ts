import { type PageRoute, page } from '../../ui/page.tsx'

export const routes: PageRoute[] = [
  page('/classes', () => import('./classes-page.tsx'), 'ClassesPage'),
  page('/classes/$id', () => import('./class-page.tsx'), 'ClassPage'),
  page('/classes/$id/enrol', () => import('./enrol-page.tsx'), 'EnrolPage'),
  // Stands in the QR code at the classroom's door.
  page('/attend', () => import('./attend-page.tsx'), 'AttendPage'),
  page('/mine/courses', () => import('./courses-page.tsx'), 'CoursesPage'),
  page('/mine/courses/$enrolmentId', () => import('./course-page.tsx'), 'CoursePage'),
  page('/mine/courses/$enrolmentId/watch/$lessonId', () => import('./lesson-page.tsx'), 'LessonPage'),
]
