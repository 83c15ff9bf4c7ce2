import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useApiQuery } from '../api.ts'

const LOOK_EVERY_MS = 1500

/** The newest reckoning of a revision, looked at again while it runs; when it ends the record is read anew. */
export function useReckoning(id: string) {
  const queries = useQueryClient()
  const query = useApiQuery('rules.reckoning', { id })
  const state = query.data?.reckoning?.state
  const isRunning = state === 'waiting' || state === 'running'
  const { refetch } = query
  useEffect(() => {
    if (!isRunning) return
    const again = setInterval(() => {
      void refetch().then((found) => {
        const now = found.data?.reckoning?.state
        if (now === 'done' || now === 'failed')
          void queries.invalidateQueries({ queryKey: ['workbench', 'rules'] })
      })
    }, LOOK_EVERY_MS)
    return () => clearInterval(again)
  }, [isRunning, refetch, queries])
  return { query, isRunning }
}
