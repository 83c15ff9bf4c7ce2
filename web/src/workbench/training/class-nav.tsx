import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { DeskPage } from '../../ui/desk/index.ts'

const PARTS = [
  { to: 'enrolments', label: '报名与录取' },
  { to: 'timetable', label: '课程表与考勤' },
  { to: 'hours', label: '学时' },
  { to: 'scores', label: '结业考核' },
] as const

/** The parts of a class, one tap away from each other. */
export function ClassNav({ classId }: { classId: string }) {
  return (
    <nav className="class-nav no-print" aria-label="班级内容">
      {PARTS.map((part) => (
        <Link
          key={part.to}
          to={`/training/classes/${classId}/${part.to}`}
          activeProps={{ className: 'active' }}
        >
          {part.label}
        </Link>
      ))}
    </nav>
  )
}

/** A page of one part of a class. */
export function ClassPart(props: {
  classId: string
  className: string
  title: string
  lead?: ReactNode
  acts?: ReactNode
  children: ReactNode
}) {
  return (
    <DeskPage
      title={props.title}
      lead={props.lead}
      back={{ to: `/training/classes/${props.classId}`, label: props.className || '培训班' }}
      acts={props.acts}
    >
      <ClassNav classId={props.classId} />
      {props.children}
    </DeskPage>
  )
}
