import './training.css'
import { Link } from '@tanstack/react-router'
import QRCode from 'qrcode'
import { useEffect, useMemo } from 'react'
import { problemOf } from '../../ui/api.ts'
import { Problem, useParam } from '../../ui/desk/index.ts'
import { usePageHeading } from '../../ui/page.tsx'
import { useApiQuery } from '../api.ts'

const WAIT_AFTER_ERROR_MS = 5000

/** The whole screen at the classroom door: a code that changes by itself, and how many have signed in. */
export function DoorPage() {
  const lessonId = useParam('id')
  const query = useApiQuery('training.show-door-code', { lessonId })
  const heading = usePageHeading('扫码签到', '数匠工作台')
  const { refetch } = query
  // The server says how long a code lasts; it is asked again just after. A failed ask is repeated later.
  const wakeAt = query.isError
    ? query.errorUpdatedAt + WAIT_AFTER_ERROR_MS
    : query.dataUpdatedAt + (query.data?.refreshInMs ?? WAIT_AFTER_ERROR_MS)
  useEffect(() => {
    const timer = setTimeout(() => void refetch(), Math.max(500, wakeAt - Date.now()))
    return () => clearTimeout(timer)
  }, [wakeAt, refetch])

  const back = <Link to={`/training/lessons/${lessonId}`}>返回考勤</Link>
  if (query.isError) {
    return (
      <main className="door">
        <h1 ref={heading} tabIndex={-1}>
          扫码签到
        </h1>
        <Problem problem={problemOf(query.error)} />
        {back}
      </main>
    )
  }
  const code = query.data
  return (
    <main className="door">
      <h1 ref={heading} tabIndex={-1}>
        {code ? `${code.lessonTitle} 扫码签到` : '扫码签到'}
      </h1>
      {code ? (
        <>
          <p>
            {code.className} {code.room}
          </p>
          <Code text={code.url} />
          <p>请用手机扫描，签到码每 15 秒更换，截图无效。</p>
          <p className="door-count" role="status">
            已签到 {code.present} / {code.expected} 人
          </p>
        </>
      ) : (
        <p role="status">正在读取…</p>
      )}
      {back}
    </main>
  )
}

const QUIET = 4

function Code({ text }: { text: string }) {
  const { path, size } = useMemo(() => drawn(text), [text])
  return (
    <svg viewBox={`0 0 ${size} ${size}`} role="img" aria-label="签到二维码" shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

function drawn(text: string): { path: string; size: number } {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const dots: string[] = []
  for (let y = 0; y < modules.size; y += 1) {
    for (let x = 0; x < modules.size; x += 1) {
      if (modules.get(y, x)) dots.push(`M${x + QUIET} ${y + QUIET}h1v1h-1z`)
    }
  }
  return { path: dots.join(''), size: modules.size + 2 * QUIET }
}
