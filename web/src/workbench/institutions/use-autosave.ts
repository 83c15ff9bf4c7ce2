import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type ApiProblem, problemOf } from '../../ui/api.ts'
import { act } from '../api.ts'
import type { SaveInput } from './filing-values.ts'

const AFTER_MS = 1200
const AGAIN_MS = 5000

type Draft = Omit<SaveInput, 'id' | 'revision'>
export type SaveState =
  | { kind: 'saved'; at: Date | null }
  | { kind: 'waiting' }
  | { kind: 'saving' }
  | { kind: 'failed'; problem: ApiProblem }

/**
 * Keeps a draft on the server while it is typed: one save at a time, the newest content next, tried again while the
 * network is away. A refusal (changed elsewhere, submitted meanwhile) stops it, so that nothing is overwritten.
 */
export function useAutosave(id: string, revision: number) {
  const queries = useQueryClient()
  const [state, setState] = useState<SaveState>({ kind: 'saved', at: null })
  const known = useRef(revision)
  const newest = useRef<Draft>(undefined)
  const busy = useRef<Promise<boolean>>(undefined)
  const refused = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const flush = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current)
    if (busy.current) return busy.current
    const work = async () => {
      while (newest.current && !refused.current) {
        const draft = newest.current
        newest.current = undefined
        setState({ kind: 'saving' })
        try {
          const answer = await act('institutions.save-filing', { ...draft, id, revision: known.current })
          known.current = answer.revision
          setState({ kind: 'saved', at: new Date() })
        } catch (error) {
          const problem = problemOf(error)
          newest.current ??= draft
          setState({ kind: 'failed', problem })
          if (problem.kind === 'network' || problem.kind === 'server')
            timer.current = setTimeout(() => void flush(), AGAIN_MS)
          else refused.current = problem.kind !== 'problems'
          return false
        }
      }
      // what is missing is the server's to say: it has just changed
      await queries.invalidateQueries({ queryKey: ['workbench', 'institutions'] })
      return !refused.current
    }
    busy.current = work().finally(() => {
      busy.current = undefined
    })
    return busy.current
  }, [id, queries])

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (newest.current || busy.current) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      // leaving the page inside the workbench: what was typed last still goes out
      void flush()
    }
  }, [flush])

  const change = useCallback(
    (draft: Draft) => {
      newest.current = draft
      if (refused.current) return
      setState({ kind: 'waiting' })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), AFTER_MS)
    },
    [flush],
  )
  return { state, change, flush }
}
