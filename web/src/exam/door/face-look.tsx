import { useEffect, useRef, useState } from 'react'
import type { AdmissionView } from '../../../../server/src/halls/attempts/wire.ts'
import { call, type Secrets, wordsOf } from '../api.ts'
import { type Camera, cameraWords, openCamera } from '../evidence/camera.ts'
import { Button, Mark, Trouble } from '../kit.tsx'

/** For the comparison with the registered photo a better picture than the random looks; still one quick upload. */
const FACE_BYTES = 300 * 1024

/** The look into the camera. Whatever comes of it, an invigilator decides; no camera is not an end either. */
export function FaceLook({ secrets, onLooked }: { secrets: Secrets; onLooked: (at: AdmissionView) => void }) {
  const video = useRef<HTMLVideoElement>(null)
  const [camera, setCamera] = useState<Camera>()
  const [trouble, setTrouble] = useState<string | null>(null)
  const [words, setWords] = useState('')
  const [busy, setBusy] = useState(false)
  const [tries, setTries] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a press on the button opens the camera again
  useEffect(() => {
    let gone = false
    let own: Camera | undefined
    openCamera().then(
      (opened) => {
        own = opened
        if (gone) return opened.close()
        setTrouble(null)
        setCamera(opened)
      },
      (error) => !gone && setTrouble(cameraWords(error)),
    )
    return () => {
      gone = true
      own?.close()
    }
  }, [tries])
  useEffect(() => {
    if (video.current && camera) video.current.srcObject = camera.stream
  }, [camera])

  const look = async () => {
    if (busy) return
    setBusy(true)
    setTrouble(null)
    const picture = await camera?.grab(FACE_BYTES)
    if (!picture) {
      setBusy(false)
      return setTrouble('没有拍到画面。请检查摄像头后重试，或举手由监考员核对证件。')
    }
    const answer = await call('face', {}, { secrets, files: { picture }, timeoutMs: 20_000 })
    setBusy(false)
    if (!answer.ok) return setTrouble(wordsOf(answer.failure))
    setWords(answer.value.words)
    onLooked(answer.value.at)
  }
  const byDocuments = async () => {
    const answer = await call('consent', { given: false }, { secrets })
    if (answer.ok) onLooked(answer.value.at)
    else setTrouble(wordsOf(answer.failure))
  }
  return (
    <div className="face">
      <p>请正对摄像头，脸部不要遮挡，光线不要在背后。</p>
      <div className="mirror">
        {camera ? (
          <video ref={video} autoPlay muted playsInline aria-label="摄像头画面" />
        ) : (
          <p>{trouble ? '没有画面' : '正在打开摄像头……'}</p>
        )}
      </div>
      <p role="status">{words ? <Mark shape="run">{words}</Mark> : ''}</p>
      <Trouble>{trouble}</Trouble>
      <div className="row">
        {camera ? (
          <Button weight="main" onPress={() => void look()} busy={busy ? '正在核验……' : undefined}>
            拍照核验
          </Button>
        ) : (
          <Button onPress={() => setTries(tries + 1)}>重新打开摄像头</Button>
        )}
        <Button onPress={() => void byDocuments()}>改为核对证件</Button>
      </div>
    </div>
  )
}
