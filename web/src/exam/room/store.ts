import { useSyncExternalStore } from 'react'

/** A value that is shown: read it, change it, be told. */
export interface Store<T> {
  get(): T
  watch(run: () => void): () => void
}

export interface OwnStore<T> extends Store<T> {
  set(change: Partial<T>): void
}

export function openStore<T extends object>(first: T): OwnStore<T> {
  let value = first
  const watchers = new Set<() => void>()
  return {
    get: () => value,
    watch(run) {
      watchers.add(run)
      return () => watchers.delete(run)
    },
    set(change) {
      value = { ...value, ...change }
      for (const watch of watchers) watch()
    },
  }
}

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.watch, store.get)
}
