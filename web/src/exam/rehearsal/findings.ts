// What the self-check found, judged: a sentence each, and what to do where something is amiss.
export type Verdict = 'good' | 'fair' | 'bad'
export interface Finding {
  name: string
  verdict: Verdict
  words: string
  /** What to do now. */
  todo?: string
}

/** Round trips in milliseconds; null where nothing came back. */
export function judgeNetwork(trips: readonly (number | null)[]): Finding {
  const name = '网络'
  const heard = trips.filter((one): one is number => one !== null).sort((a, b) => a - b)
  if (heard.length === 0)
    return { name, verdict: 'bad', words: '连接不上服务器。', todo: '请检查网线和网络设置后重新自检。' }
  const median = Math.round(heard[Math.floor(heard.length / 2)] as number)
  const slowest = Math.round(heard.at(-1) as number)
  const lost = trips.length - heard.length
  const words = `往返 ${median} 毫秒（最慢 ${slowest} 毫秒），${trips.length} 次中丢失 ${lost} 次。`
  if (lost > trips.length / 10 || median > 800)
    return { name, verdict: 'bad', words, todo: '网络不稳定，答案可能送达较慢。请联系考点检查网络。' }
  if (lost > 0 || median > 200 || slowest > 2_000)
    return { name, verdict: 'fair', words, todo: '可以考试；如有条件，请改用有线网络。' }
  return { name, verdict: 'good', words }
}

export function judgeClock(offsetMs: number | null): Finding {
  const name = '时钟'
  if (offsetMs === null)
    return { name, verdict: 'bad', words: '没有取到服务器时间。', todo: '请先检查网络。' }
  const seconds = Math.round(Math.abs(offsetMs) / 1000)
  const way = offsetMs > 0 ? '慢' : '快'
  if (seconds < 2) return { name, verdict: 'good', words: '本机时间与服务器一致。' }
  const words = `本机时间比服务器${way} ${roughly(seconds)}。考试以服务器时间为准，不受影响。`
  return seconds < 120
    ? { name, verdict: 'good', words }
    : { name, verdict: 'fair', words, todo: '建议请考点校准本机时间。' }
}

function roughly(seconds: number): string {
  if (seconds < 120) return `${seconds} 秒`
  if (seconds < 7_200) return `约 ${Math.round(seconds / 60)} 分钟`
  if (seconds < 172_800) return `约 ${Math.round(seconds / 3_600)} 小时`
  return `约 ${Math.round(seconds / 86_400)} 天`
}

export interface Abilities {
  secure: boolean
  crypto: boolean
  indexedDb: boolean
  worker: boolean
  locks: boolean
  serviceWorker: boolean
  fullScreen: boolean
}

export function judgeBrowser(can: Abilities): Finding {
  const name = '浏览器'
  if (!can.secure)
    return {
      name,
      verdict: 'bad',
      words: '当前地址不是安全连接，不能解密试卷，也不能使用摄像头。',
      todo: '请改用考点提供的 https 地址。',
    }
  if (!can.crypto || !can.indexedDb)
    return {
      name,
      verdict: 'bad',
      words: '浏览器缺少考试必需的功能（加密、本机保存）。',
      todo: '请更新到最新版 Chrome、Edge 或考点指定的浏览器，并关闭无痕模式。',
    }
  if (!can.worker || !can.locks || !can.serviceWorker)
    return {
      name,
      verdict: 'fair',
      words: '可以考试；断网时重新打开页面、后台压缩照片等功能不可用。',
      todo: '建议更新浏览器。',
    }
  return { name, verdict: 'good', words: '考试需要的功能齐全。' }
}

export function judgeStorage(found: { wrote: boolean; freeBytes: number | null }): Finding {
  const name = '本机保存'
  if (!found.wrote)
    return {
      name,
      verdict: 'bad',
      words: '浏览器不能在本机保存内容，断网后重新打开页面会丢失未送达的答案。',
      todo: '请关闭无痕模式，或清理磁盘后重试。',
    }
  const megabytes = found.freeBytes === null ? null : Math.floor(found.freeBytes / 1024 / 1024)
  if (megabytes !== null && megabytes < 200)
    return {
      name,
      verdict: 'fair',
      words: `可以保存，可用空间约 ${megabytes} MB。`,
      todo: '空间偏少，请清理磁盘。',
    }
  return { name, verdict: 'good', words: '可以在本机保存答案。' }
}

export function judgeFullScreen(enabled: boolean, entered: boolean | null): Finding {
  const name = '全屏'
  if (!enabled)
    return { name, verdict: 'fair', words: '这台设备不支持全屏。', todo: '要求全屏的考试请使用电脑。' }
  if (entered === false)
    return { name, verdict: 'fair', words: '没有进入全屏。', todo: '请在浏览器中允许全屏后再试。' }
  return { name, verdict: 'good', words: entered ? '已成功进入并退出全屏。' : '可以使用全屏。' }
}

export function judgeCamera(found: { words: string } | { bytes: number; sentMs: number | null }): Finding {
  const name = '摄像头'
  if ('words' in found)
    return { name, verdict: 'bad', words: found.words, todo: '考试当天没有摄像头的，由监考员核对证件入场。' }
  if (found.sentMs === null)
    return {
      name,
      verdict: 'fair',
      words: '摄像头正常，照片没有送达服务器。',
      todo: '请检查网络后重新自检。',
    }
  return {
    name,
    verdict: 'good',
    words: `摄像头正常，一张照片 ${Math.ceil(found.bytes / 1024)} KB，${Math.round(found.sentMs)} 毫秒送达。`,
  }
}

export function summary(findings: readonly Finding[]): string {
  const bad = findings.filter((one) => one.verdict === 'bad').map((one) => one.name)
  const fair = findings.filter((one) => one.verdict === 'fair').map((one) => one.name)
  if (bad.length > 0) return `有 ${bad.length} 项需要处理：${bad.join('、')}。`
  if (fair.length > 0) return `可以考试；${fair.join('、')}有改进建议。`
  return '全部正常，可以考试。'
}
