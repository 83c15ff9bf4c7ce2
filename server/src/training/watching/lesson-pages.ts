import type { LessonPage } from '../timetable/lesson.ts'

const PAGE_MINUTES = 5

/** Reading pages of an online lesson. One without pages of its own gets plain ones, so that its time can be studied. */
export function pagesOf(lesson: {
  title: string
  minutes: number
  pages: LessonPage[] | null
}): LessonPage[] {
  if (lesson.pages && lesson.pages.length > 0) return lesson.pages
  const count = Math.max(1, Math.ceil(lesson.minutes / PAGE_MINUTES))
  return Array.from({ length: count }, (_, place) => ({
    title: `${lesson.title} 第 ${place + 1} 页`,
    body: '本页内容由培训机构提供。请对照本职业国家职业技术技能标准和全国专业技术人员新职业培训教程的相应章节学习，按页面计时阅读。',
  }))
}
