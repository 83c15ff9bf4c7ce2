import { QueryClient } from '@tanstack/react-query'
import { problemOf } from './api.ts'

/** A lost connection is tried again twice; an answer of the server, whatever it says, is not asked for twice. */
export function surfaceQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        networkMode: 'always',
        refetchOnWindowFocus: true,
        retry: (failures, error) => failures < 2 && problemOf(error).kind === 'network',
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
