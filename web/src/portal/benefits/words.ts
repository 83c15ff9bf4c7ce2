import { useState } from 'react'
import { type ApiProblem, problemOf } from '../../ui/api.ts'
import type { StateWords } from '../../ui/plain/index.ts'

export const HOURS_WORDS: StateWords = {
  standing: ['已计入', 'done'],
  revoked: ['已撤销', 'refused'],
}
export const TITLE_WORDS: StateWords = {
  standing: ['有效', 'done'],
  revoked: ['已撤销', 'refused'],
}
export const stateOf = (row: { revokedOn: string | null }) => (row.revokedOn ? 'revoked' : 'standing')

const FIRST_YEAR = 2023
export const YEARS = Array.from({ length: new Date().getFullYear() - FIRST_YEAR + 1 }, (_, back) => {
  const year = String(new Date().getFullYear() - back)
  return { value: year, label: `${year} 年度` }
})

/** Fetches a file; what goes wrong is shown where it was asked for. */
export function useFetching() {
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  return {
    problem,
    fetching: async (work: () => Promise<void>) => {
      setProblem(null)
      try {
        await work()
      } catch (error) {
        setProblem(problemOf(error))
      }
    },
  }
}
