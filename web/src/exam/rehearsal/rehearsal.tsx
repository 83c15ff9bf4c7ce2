import { useEffect, useRef, useState } from 'react'
import { type Camera, cameraWords, openCamera } from '../evidence/camera.ts'
import { Button, Mark, Stage } from '../kit.tsx'
import { type Finding, judgeCamera, summary, type Verdict } from './findings.ts'
import { Practice } from './practice.tsx'
import { checkBrowser, checkCamera, checkFullScreen, checkLine, checkStorage } from './self-check.ts'

const MARKS: Record<Verdict, ['done' | 'wait' | 'stop', string]> = {
  good: ['done', '正常'],
  fair: ['wait', '可用，有建议'],
  bad: ['stop', '需要处理'],
}

/** Before the day, on the machine one will sit at or one's own: does it work, and how does the paper look. */
export function Rehearsal() {
  const [practising, setPractising] = useState(false)
  const [findings, setFindings] = useState<Finding[]>([])
  const [doing, setDoing] = useState<string | null>(null)
  const [camera, setCamera] = useState<Camera>()
  const mirror = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (mirror.current && camera) mirror.current.srcObject = camera.stream
  }, [camera])
  useEffect(() => () => camera?.close(), [camera])

  const check = async () => {
    if (doing) return
    const found: Finding[] = []
    const add = (...more: Finding[]) => {
      found.push(...more)
      setFindings([...found])
    }
    setFindings([])
    // First, while the press still counts: browsers allow full screen only then.
    setDoing('正在检查全屏……')
    add(await checkFullScreen())
    add(checkBrowser())
    setDoing('正在检查本机保存……')
    add(await checkStorage())
    setDoing('正在检查网络……')
    const { network, clock } = await checkLine((trips) => setDoing(`正在检查网络，第 ${trips} 次……`))
    add(network, clock)
    setDoing('正在打开摄像头，请在浏览器中选择允许……')
    try {
      const opened = camera?.isLive() ? camera : await openCamera()
      setCamera(opened)
      await new Promise((resolve) => setTimeout(resolve, 800))
      add(await checkCamera(opened))
    } catch (error) {
      add(judgeCamera({ words: cameraWords(error) }))
    }
    setDoing(null)
  }

  if (practising)
    return (
      <Practice
        onDone={() => {
          setPractising(false)
        }}
      />
    )
  const finished = findings.length > 0 && doing === null
  return (
    <Stage title="考前自检与练习">
      <p>
        请在考试要用的机器上自检，约需一分钟。自检会短暂进入全屏，并请您允许使用摄像头。不需要登录，不保存任何内容。
      </p>
      <div className="row">
        <Button weight="main" onPress={() => void check()} busy={doing ?? undefined}>
          {findings.length > 0 ? '重新自检' : '开始自检'}
        </Button>
        <Button
          onPress={() => {
            camera?.close()
            setCamera(undefined)
            setPractising(true)
          }}
        >
          做练习卷
        </Button>
      </div>
      <p role="status">{doing ?? (finished ? summary(findings) : '')}</p>
      {findings.length > 0 ? (
        <ul className="checks">
          {findings.map((one) => (
            <li key={one.name}>
              <span className="check-name">{one.name}</span>{' '}
              <Mark shape={MARKS[one.verdict][0]}>{MARKS[one.verdict][1]}</Mark>
              <p>{one.words}</p>
              {one.todo ? <p>{one.todo}</p> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {camera ? (
        <>
          <h2>您的画面</h2>
          <div className="mirror">
            <video ref={mirror} autoPlay muted playsInline aria-label="摄像头画面" />
          </div>
          <p className="quiet">脸部应清楚、居中，光线不要在背后。画面只在本机显示。</p>
        </>
      ) : null}
    </Stage>
  )
}
