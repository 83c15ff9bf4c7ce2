// Files as answers: kept on this machine first, hashed, sent with progress, sent again until the server has them.
import type { AnswerValue, FileReceived } from '../../../../server/src/halls/attempts/wire.ts'
import { type Answer, type Secrets, sendFile, willPass, wordsOf } from '../api.ts'
import { dropLocal, keysUnder, putLocal, readLocal } from '../local-store.ts'
import { sha256 } from '../paper/bytes.ts'
import { openStore, type Store } from './store.ts'

export const MAX_FILE_BYTES = 20 * 1024 * 1024

export interface Upload {
  name: string
  bytes: number
  sha256: string
  state: 'hashing' | 'waiting' | 'sending' | 'failed'
  share: number
  problem: string | null
}
export type Uploads = Record<string, Upload>

interface KeptFile {
  name: string
  sha256: string
  blob: Blob
}

export type FileSender = (
  item: string,
  file: File,
  onProgress: (share: number) => void,
) => Promise<Answer<FileReceived>>

const RETRY_MS = 4_000

export interface FileAnswers {
  view: Store<{ uploads: Uploads }>
  choose(item: string, file: File): Promise<void>
  cancel(item: string): void
}

export function openFileAnswers(
  attempt: string,
  secrets: Secrets,
  hear: <T>(answer: Answer<T>) => Answer<T>,
  answered: (item: string, value: AnswerValue) => void,
  send: FileSender = (item, file, onProgress) => sendFile(item, file, secrets, onProgress),
): FileAnswers {
  const store = openStore<{ uploads: Uploads }>({ uploads: {} })
  const show = (item: string, change: Partial<Upload>) => {
    const { uploads } = store.get()
    const now = uploads[item]
    if (now) store.set({ uploads: { ...uploads, [item]: { ...now, ...change } } })
  }
  const forget = (item: string) => {
    const { [item]: _gone, ...uploads } = store.get().uploads
    store.set({ uploads })
    void dropLocal('files', `${attempt}/${item}`)
  }
  const begin = (
    item: string,
    file: { name: string; bytes: number; sha256: string },
    state: Upload['state'],
  ) =>
    store.set({
      uploads: { ...store.get().uploads, [item]: { ...file, state, share: 0, problem: null } },
    })

  /** Ends when the server has it, refuses it for good, or another file was chosen meanwhile. */
  const deliver = async (item: string, { name, sha256: hash, blob }: KeptFile): Promise<void> => {
    const current = () => store.get().uploads[item]?.sha256 === hash
    while (current()) {
      show(item, { state: 'sending', share: 0, problem: null })
      const file = new File([blob], name, { type: blob.type })
      const answer = hear(await send(item, file, (share) => show(item, { share })))
      if (!current()) return
      if (answer.ok) {
        if (answer.value.sha256 === hash) {
          answered(item, { fileId: answer.value.fileId, name, sha256: hash })
          return forget(item)
        }
        show(item, { state: 'waiting', problem: '收到的文件与本机的不一致，正在重新上传。' })
      } else if (willPass(answer.failure)) {
        const why = answer.failure.kind === 'busy' ? '服务器忙' : '网络中断'
        show(item, { state: 'waiting', problem: `${why}，文件已存在本机，将自动重新上传。` })
      } else {
        show(item, { state: 'failed', problem: wordsOf(answer.failure) })
        return
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS * (0.5 + Math.random())))
    }
  }

  // What was on its way when the page was loaded anew goes on.
  void keysUnder('files', attempt).then(async (keys) => {
    for (const key of keys) {
      const kept = await readLocal<KeptFile>('files', key)
      if (!kept) continue
      const item = key.slice(attempt.length + 1)
      begin(item, { name: kept.name, bytes: kept.blob.size, sha256: kept.sha256 }, 'waiting')
      void deliver(item, kept)
    }
  })

  return {
    view: store,
    async choose(item, file) {
      begin(item, { name: file.name, bytes: file.size, sha256: '' }, 'hashing')
      const bytes = await file.arrayBuffer()
      const hash = await sha256(bytes)
      const kept: KeptFile = { name: file.name, sha256: hash, blob: new Blob([bytes], { type: file.type }) }
      begin(item, { name: file.name, bytes: file.size, sha256: hash }, 'waiting')
      await putLocal('files', `${attempt}/${item}`, kept)
      void deliver(item, kept)
    },
    cancel: forget,
  }
}
