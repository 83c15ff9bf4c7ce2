// Two pages of one browser must not write the same attempt: the second says so and waits.
const NAME = 'shujiang-exam-room'

/** True when this page holds the room; it keeps it until it is closed. */
export async function holdRoom(): Promise<boolean> {
  if ('locks' in navigator) {
    return new Promise<boolean>((resolve) => {
      void navigator.locks.request(NAME, { ifAvailable: true }, (lock) => {
        resolve(lock !== null)
        return lock ? new Promise<void>(() => {}) : undefined
      })
    })
  }
  return askOthers()
}

/** Browsers without locks: ask whether anybody else holds the room. */
function askOthers(): Promise<boolean> {
  const channel = new BroadcastChannel(NAME)
  return new Promise((resolve) => {
    let held = false
    channel.onmessage = ({ data }) => {
      if (data === 'who' && held) channel.postMessage('me')
      if (data === 'me' && !held) {
        channel.close()
        resolve(false)
      }
    }
    channel.postMessage('who')
    setTimeout(() => {
      held = true
      resolve(true)
    }, 300)
  })
}

/** What this browser lacks, in words; empty when the examination can be taken in it. */
export function missingAbilities(): string[] {
  const missing: string[] = []
  if (!window.isSecureContext) missing.push('当前地址不是安全连接（https），浏览器不允许解密试卷和使用摄像头')
  else if (!globalThis.crypto?.subtle) missing.push('浏览器不支持加密功能')
  if (!('indexedDB' in window)) missing.push('浏览器不能在本机保存答案')
  if (typeof AbortSignal.timeout !== 'function' || typeof HTMLDialogElement === 'undefined')
    missing.push('浏览器版本过低')
  return missing
}
