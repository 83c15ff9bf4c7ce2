import { workbenchApi as benefits } from '../benefits/workbench-api.ts'
import { workbenchApi as certificates } from '../certificates/workbench-api.ts'
import { workbenchApi as duties } from '../duties/workbench-api.ts'
import { workbenchApi as exams } from '../exams/workbench-api.ts'
import { workbenchApi as halls, workbenchApiAtNode } from '../halls/workbench-api.ts'
import { workbenchApi as institutions } from '../institutions/workbench-api.ts'
import { workbenchApi as people } from '../people/workbench-api.ts'
import type { Api } from '../platform/api.ts'
import { workbenchApi as rules } from '../rules/workbench-api.ts'
import { workbenchApi as supervision } from '../supervision/workbench-api.ts'
import { workbenchApi as training } from '../training/workbench-api.ts'

/** What institutions and supervisors may call. One line a module. */
export const workbench = {
  ...people,
  ...duties,
  ...institutions,
  ...rules,
  ...training,
  ...exams,
  ...halls,
  ...certificates,
  ...benefits,
  ...supervision,
} satisfies Api

/** At a hall node: who one is, and the hall. */
export const workbenchAtNode: Api = { 'people.me': people['people.me'], ...workbenchApiAtNode }

export type WorkbenchApi = typeof workbench
