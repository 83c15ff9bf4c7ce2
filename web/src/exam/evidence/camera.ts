import type { JpegDone, JpegOrder } from './jpeg-worker.ts'

export const MAX_PICTURE_BYTES = 60 * 1024

export interface Camera {
  stream: MediaStream
  /** A picture of now, as a JPEG of at most 60 KB; null when the camera gives none. */
  grab(maxBytes?: number): Promise<Blob | null>
  isLive(): boolean
  onEnded(run: () => void): void
  close(): void
}

/** Why there is no camera, in words that say what to do. */
export function cameraWords(error: unknown): string {
  const name = error instanceof DOMException ? error.name : ''
  if (!navigator.mediaDevices) return '当前连接不是安全连接，浏览器不允许使用摄像头。请举手告知监考员。'
  if (name === 'NotAllowedError') return '浏览器没有使用摄像头的权限。请在地址栏左侧允许使用摄像头后重试。'
  if (name === 'NotFoundError' || name === 'OverconstrainedError')
    return '没有找到摄像头。请检查摄像头是否插好。'
  if (name === 'NotReadableError') return '摄像头正被其他程序占用。请关闭其他程序后重试。'
  return '摄像头无法打开。请检查摄像头后重试。'
}

/** Opens the camera; throws when there is none or it may not be used. */
export async function openCamera(): Promise<Camera> {
  if (!navigator.mediaDevices) throw new Error('no camera without a secure connection')
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 15, max: 15 } },
    audio: false,
  })
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.srcObject = stream
  await video.play().catch(() => undefined)
  const worker = new Worker(new URL('./jpeg-worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, (blob: Blob | null) => void>()
  let last = 0
  worker.onmessage = ({ data }: MessageEvent<JpegDone>) => {
    waiting.get(data.id)?.(data.blob)
    waiting.delete(data.id)
  }
  const [track] = stream.getVideoTracks()
  return {
    stream,
    isLive: () => track?.readyState === 'live' && !track.muted,
    onEnded: (run) => track?.addEventListener('ended', run),
    async grab(maxBytes = MAX_PICTURE_BYTES) {
      if (track?.readyState !== 'live' || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null
      const bitmap = await createImageBitmap(video).catch(() => null)
      if (!bitmap) return null
      last += 1
      const id = last
      return new Promise<Blob | null>((resolve) => {
        waiting.set(id, resolve)
        const order: JpegOrder = { id, bitmap, maxBytes }
        worker.postMessage(order, [bitmap])
        setTimeout(() => {
          if (waiting.delete(id)) resolve(null)
        }, 10_000)
      })
    },
    close() {
      for (const one of stream.getTracks()) one.stop()
      video.srcObject = null
      worker.terminate()
    },
  }
}
