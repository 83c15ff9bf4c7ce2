import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type ApiProblem, problemOf } from '../../ui/api.ts'
import { act } from '../api.ts'
import type { Content, RevisionRecord, Trial } from './words.ts'

const TRY_AFTER_MS = 350
const SAVE_AFTER_MS = 1200
const AGAIN_MS = 5000

export type SaveState = 'saved' | 'waiting' | 'saving' | { problem: ApiProblem }

/**
 * The form as it is typed: tried at every change (the newest answer counts) and kept on the server by itself. A refusal
 * (saved by a colleague meanwhile) stops the saving, so that nothing is overwritten.
 */
export function useEditing(revision: RevisionRecord) {
  const { id } = revision
  const queries = useQueryClient()
  const [content, setContent] = useState(revision.content)
  const [trial, setTrial] = useState<Trial>()
  const [state, setState] = useState<SaveState>('saved')
  const saves = useRef(revision.saves)
  const newest = useRef<Content>(undefined)
  const busy = useRef<Promise<boolean>>(undefined)
  const refused = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  useEffect(() => {
    let isLatest = true
    const later = setTimeout(() => {
      act('rules.try-revision', { id, content })
        .then((answer) => isLatest && setTrial(answer))
        // The next change tries again; what cannot be saved is told by the saving.
        .catch(() => {})
    }, TRY_AFTER_MS)
    return () => {
      isLatest = false
      clearTimeout(later)
    }
  }, [id, content])

  const flush = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current)
    if (busy.current) return busy.current.then((isSaved) => (newest.current ? flush() : isSaved))
    const work = async () => {
      while (newest.current && !refused.current) {
        const draft = newest.current
        newest.current = undefined
        setState('saving')
        try {
          saves.current = (
            await act('rules.save-revision', { id, saves: saves.current, content: draft })
          ).saves
          setState('saved')
        } catch (error) {
          const problem = problemOf(error)
          newest.current ??= draft
          setState({ problem })
          if (problem.kind === 'network' || problem.kind === 'server')
            timer.current = setTimeout(() => void flush(), AGAIN_MS)
          else refused.current = problem.kind !== 'problems'
          return false
        }
      }
      return !refused.current
    }
    busy.current = work().finally(() => {
      busy.current = undefined
    })
    return busy.current
  }, [id])

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (newest.current || busy.current) event.preventDefault()
    }
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      // Leaving the page inside the workbench: what was typed last still goes out.
      void flush().then(() => queries.invalidateQueries({ queryKey: ['workbench', 'rules'] }))
    }
  }, [flush, queries])

  const change = useCallback(
    (changed: Partial<Content>) => {
      setContent((known) => {
        const next = { ...known, ...changed }
        newest.current = next
        return next
      })
      setState('waiting')
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), SAVE_AFTER_MS)
    },
    [flush],
  )
  return { content, change, trial, state, flush }
}
