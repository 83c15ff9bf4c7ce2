// biome-ignore-all lint/correctness/noComponentHookFactories: the factory runs once a surface, when its api.ts is loaded
import {
  keepPreviousData,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { createContext, useContext, useRef } from 'react'
import {
  type ApiFailure,
  type ApiProblem,
  type Client,
  type Files,
  type Given,
  type InputOf,
  type NameOf,
  type OutputOf,
  problemOf,
} from './api.ts'
import { type ListSearch, useListSearch } from './search.ts'

/** How a surface shows a problem that no screen shows in place: a notice on the portal, a notification at the desk. */
export const ProblemReporter = createContext<(problem: ApiProblem) => void>(() => {})

export interface CommandOptions<T> {
  onDone?: (output: T) => void
  /** Modules whose lists change too; the command's own module and the duties always do. */
  alsoChanges?: readonly string[]
  /** The screen shows `problem` itself, so nobody else does. Field problems are never reported elsewhere. */
  inPlace?: boolean
}

export interface CommandState<I, T> {
  /** Resolves to the output, or undefined when it did not succeed: then `problem` says why. */
  run(input: I, files?: Files): Promise<T | undefined>
  running: boolean
  problem: ApiProblem | null
  /** By input path. */
  fieldErrors: Record<string, string>
  clear(): void
}

export interface ListState<Row> extends ListSearch {
  rows: Row[]
  total: number
  loading: boolean
  problem: ApiProblem | null
  retry(): void
}

type ListName<A> = {
  [N in NameOf<A, 'query'>]: OutputOf<A, N> extends { rows: unknown[]; total: number } ? N : never
}[NameOf<A, 'query'>]
type RowOf<O> = O extends { rows: (infer R)[] } ? R : never

const moduleOf = (name: string) => name.split('.')[0] ?? name

/** The client of a surface with its React hooks. */
export function hooksFor<A>(client: Client<A>) {
  const keyOf = (name: string, input?: unknown) =>
    input === undefined
      ? [client.surface, moduleOf(name), name]
      : [client.surface, moduleOf(name), name, input]

  /** Reads a query and keeps it fresh. Show it with `<Loaded query={…}>`. */
  function useApiQuery<N extends NameOf<A, 'query'>>(
    name: N,
    ...given: Given<InputOf<A, N>>
  ): UseQueryResult<OutputOf<A, N>, ApiFailure> {
    return useQuery<OutputOf<A, N>, ApiFailure>({
      queryKey: keyOf(name, given[0]),
      queryFn: () => client.read(name, ...given),
    })
  }

  /** Reads only once `input` is known. */
  function useApiQueryWhen<N extends NameOf<A, 'query'>>(
    name: N,
    input: InputOf<A, N> | undefined,
  ): UseQueryResult<OutputOf<A, N>, ApiFailure> {
    return useQuery<OutputOf<A, N>, ApiFailure>({
      queryKey: keyOf(name, input ?? null),
      queryFn: () => client.read(name, ...([input] as Given<InputOf<A, N>>)),
      enabled: input !== undefined,
    })
  }

  /** A list whose search, filters and page live in the address, so that back, reload and sending the link work. */
  function useList<N extends ListName<A>>(
    name: N,
    fixed?: Partial<InputOf<A, N>>,
    options: { size?: number } = {},
  ): ListState<RowOf<OutputOf<A, N>>> {
    type Answer = { rows: RowOf<OutputOf<A, N>>[]; total: number }
    const search = useListSearch(options.size)
    const input = { ...search.input, ...fixed } as unknown
    const query = useQuery<Answer, ApiFailure>({
      queryKey: keyOf(name, input),
      queryFn: () => client.read(name, ...([input] as Given<InputOf<A, N>>)) as Promise<Answer>,
      placeholderData: keepPreviousData,
    })
    return {
      ...search,
      input: input as Record<string, unknown>,
      rows: query.data?.rows ?? [],
      total: query.data?.total ?? 0,
      loading: query.isFetching,
      problem: query.error ? problemOf(query.error) : null,
      retry: () => void query.refetch(),
    }
  }

  /** Runs a command: refreshes what it changed and shows the refusal's sentence with its clause. */
  function useCommand<N extends NameOf<A, 'command'>>(
    name: N,
    options: CommandOptions<OutputOf<A, N>> = {},
  ): CommandState<InputOf<A, N>, OutputOf<A, N>> {
    const queries = useQueryClient()
    const report = useContext(ProblemReporter)
    const latest = useRef(options)
    latest.current = options
    const mutation = useMutation<
      OutputOf<A, N>,
      ApiFailure,
      { input: InputOf<A, N>; files: Files | undefined }
    >({
      mutationFn: ({ input, files }) => client.act(name, input, files),
      onSuccess: async (output) => {
        const changed = [moduleOf(name), 'duties', ...(latest.current.alsoChanges ?? [])]
        await Promise.all(
          changed.map((module) => queries.invalidateQueries({ queryKey: [client.surface, module] })),
        )
        latest.current.onDone?.(output)
      },
    })
    const problem = mutation.error ? problemOf(mutation.error) : null
    return {
      run: async (input, files) => {
        try {
          return await mutation.mutateAsync({ input, files })
        } catch (error) {
          const problem = problemOf(error)
          if (problem.kind === 'signed-out' || !(latest.current.inPlace || problem.kind === 'problems'))
            report(problem)
          return undefined
        }
      },
      running: mutation.isPending,
      problem,
      fieldErrors: fieldErrors(problem),
      clear: mutation.reset,
    }
  }

  return { ...client, useApiQuery, useApiQueryWhen, useList, useCommand }
}

export function fieldErrors(problem: ApiProblem | null): Record<string, string> {
  if (problem?.kind !== 'problems') return {}
  return Object.fromEntries(problem.problems.filter((one) => one.path).map((one) => [one.path, one.message]))
}
