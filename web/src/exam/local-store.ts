// What this machine keeps: the room, the answers, pictures on their way. Plain IndexedDB. Nothing here may hold the
// room up: whatever the disk cannot do in time counts as not done, and the caller says so.
const NAME = 'shujiang-exam'
const STORES = ['room', 'answers', 'files', 'captures', 'segments', 'events'] as const
export type StoreName = (typeof STORES)[number]
const PATIENCE_MS = 2_000

let opened: Promise<IDBDatabase> | undefined

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.onupgradeneeded = () => {
      for (const store of STORES) request.result.createObjectStore(store)
    }
    request.onsuccess = () => {
      request.result.onclose = () => {
        opened = undefined
      }
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('blocked'))
  })
  opened.catch(() => {
    opened = undefined
  })
  return opened
}

async function within<T>(
  store: StoreName,
  mode: IDBTransactionMode,
  act: (of: IDBObjectStore) => IDBRequest<T>,
) {
  const database = await open()
  return new Promise<T>((resolve, reject) => {
    const transaction = database.transaction(store, mode, { durability: 'strict' })
    const request = act(transaction.objectStore(store))
    transaction.oncomplete = () => resolve(request.result)
    transaction.onerror = () => reject(transaction.error)
    transaction.onabort = () => reject(transaction.error)
    setTimeout(() => reject(new Error('the disk takes too long')), PATIENCE_MS)
  })
}

export async function readLocal<T>(store: StoreName, key: string): Promise<T | undefined> {
  return within(store, 'readonly', (of) => of.get(key) as IDBRequest<T | undefined>).catch(() => undefined)
}

/** False when this machine could not keep it. */
export async function putLocal(store: StoreName, key: string, value: unknown): Promise<boolean> {
  return within(store, 'readwrite', (of) => of.put(value, key)).then(
    () => true,
    () => false,
  )
}

export async function dropLocal(store: StoreName, key: string | IDBKeyRange): Promise<void> {
  await within(store, 'readwrite', (of) => of.delete(key)).catch(() => undefined)
}

/** Keys under `prefix/`, in the order in which they were put there when the keys count up. */
export async function keysUnder(store: StoreName, prefix: string): Promise<string[]> {
  return within(store, 'readonly', (of) => of.getAllKeys(under(prefix)) as IDBRequest<string[]>).catch(
    () => [],
  )
}

export async function valuesUnder<T>(store: StoreName, prefix: string): Promise<T[]> {
  return within(store, 'readonly', (of) => of.getAll(under(prefix)) as IDBRequest<T[]>).catch(() => [])
}

export function under(prefix: string): IDBKeyRange {
  return IDBKeyRange.bound(`${prefix}/`, `${prefix}/\uffff`)
}

/** What was typed and chosen: the server has it. Pictures may still be on their way. */
export async function forgetAnswers(attempt: string): Promise<void> {
  await dropLocal('answers', attempt)
  await dropLocal('files', under(attempt))
}

/** Everything of one attempt. */
export async function forgetAttempt(attempt: string): Promise<void> {
  await forgetAnswers(attempt)
  for (const store of ['captures', 'segments', 'events'] as const) await dropLocal(store, under(attempt))
  const here = await readLocal<{ entered: { attempt: string } }>('room', 'attempt')
  if (here?.entered.attempt === attempt) await dropLocal('room', 'attempt')
  await dropLocal('room', `end/${attempt}`)
}

/** Lasts until all of the attempt is forgotten, whoever sits here next. */
export function keepEnd(attempt: string, endMs: number): Promise<boolean> {
  return putLocal('room', `end/${attempt}`, endMs)
}

export async function keptEnds(): Promise<{ attempt: string; endMs: number }[]> {
  const keys = await keysUnder('room', 'end')
  const ends = await Promise.all(keys.map((key) => readLocal<number>('room', key)))
  return keys.flatMap((key, at) => {
    const endMs = ends[at]
    return endMs === undefined ? [] : [{ attempt: key.slice('end/'.length), endMs }]
  })
}
