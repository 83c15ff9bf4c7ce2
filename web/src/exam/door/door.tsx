// The door: this machine, who sits at it, face or documents, the invigilator's word, and in.
import { useCallback, useEffect, useState } from 'react'
import type {
  AdmissionView,
  Entered,
  Identified,
  StationView,
} from '../../../../server/src/halls/attempts/wire.ts'
import { call, type Failure, wordsOf } from '../api.ts'
import { dayAndMinute } from '../clock/time-words.ts'
import { Button, Field, Mark, Stage, Trouble } from '../kit.tsx'
import { dropLocal, putLocal } from '../local-store.ts'
import { PARTS } from '../room/words.ts'
import { FaceLook } from './face-look.tsx'
import {
  doorStep,
  GATES,
  gateWords,
  identityProblem,
  type KeptAdmission,
  mayLookAgain,
  plainNumber,
} from './steps.ts'

const STATION = 'shujiang-station'

export function stationSecret(): string | undefined {
  return localStorage.getItem(STATION) ?? undefined
}

/** Without a secret, or with one the server does not know, the invigilator binds the machine first. */
export function Door(props: { kept: KeptAdmission | undefined; onEnter: (entered: Entered) => void }) {
  const [station, setStation] = useState<StationView | 'unbound' | undefined>()
  const [trouble, setTrouble] = useState<string | null>(null)
  const [admission, setAdmission] = useState(props.kept)

  const look = useCallback(async () => {
    const secret = stationSecret()
    if (!secret) return setStation('unbound')
    const answer = await call('station', undefined, { secrets: { station: secret } })
    if (answer.ok) {
      setStation(answer.value)
      setTrouble(null)
    } else if (answer.failure.kind === 'secret') setStation('unbound')
    else setTrouble(wordsOf(answer.failure))
  }, [])
  useEffect(() => void look(), [look])

  if (admission)
    return (
      <AtTheDoor
        {...admission}
        onEnter={props.onEnter}
        onBack={() => {
          void dropLocal('room', 'admission')
          setAdmission(undefined)
          void look()
        }}
      />
    )
  if (station === 'unbound') return <BindStation onBound={() => void look()} />
  if (!station)
    return (
      <Stage title="正在准备">
        <Trouble>{trouble}</Trouble>
        {trouble ? (
          <Button onPress={() => void look()}>再试一次</Button>
        ) : (
          <p role="status">正在连接服务器……</p>
        )}
      </Stage>
    )
  return (
    <Identify
      station={station}
      onIdentified={(identified) => {
        const kept = { admission: identified.admission, identified }
        void putLocal('room', 'admission', kept)
        setAdmission(kept)
      }}
    />
  )
}

function BindStation({ onBound }: { onBound: () => void }) {
  const [code, setCode] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const bind = async () => {
    if (busy) return
    if (plainNumber(code) === '') return setTrouble('请输入监考员提供的绑定码。')
    setBusy(true)
    const answer = await call('bind-station', { code: plainNumber(code) })
    setBusy(false)
    if (!answer.ok) return setTrouble(wordsOf(answer.failure))
    localStorage.setItem(STATION, answer.value.station)
    onBound()
  }
  return (
    <Stage title="绑定本机">
      <p>
        这台机器还没有绑定考位，由监考员操作。请在工作台的“考点考场”打开本考场，发放一次性绑定码，在此输入。
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void bind()
        }}
      >
        <Field label="绑定码" value={code} onChange={setCode} maxLength={20} />
        <Trouble>{trouble}</Trouble>
        <button type="submit" className="button button-main">
          {busy ? '正在绑定……' : '绑定'}
        </button>
      </form>
      <p className="quiet">
        考前想检查摄像头和网络，请用<a href="/exam/rehearsal">考前自检与练习</a>。
      </p>
    </Stage>
  )
}

function Identify(props: { station: StationView; onIdentified: (identified: Identified) => void }) {
  const { site, hall, seat, sitting } = props.station
  const [ticketNumber, setTicketNumber] = useState('')
  const [idTail, setIdTail] = useState('')
  const [trouble, setTrouble] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const identify = async () => {
    if (busy) return
    const given = { ticketNumber: plainNumber(ticketNumber), idTail: plainNumber(idTail).toUpperCase() }
    const problem = identityProblem(given.ticketNumber, given.idTail)
    if (problem) return setTrouble(problem)
    setBusy(true)
    setTrouble(null)
    const answer = await call('identify', given, { secrets: { station: stationSecret() } })
    setBusy(false)
    if (answer.ok) props.onIdentified(answer.value)
    else setTrouble(wordsOf(answer.failure))
  }
  return (
    <Stage title="身份核验">
      <dl className="facts">
        <dt>考点</dt>
        <dd>{site}</dd>
        <dt>考场</dt>
        <dd>
          {hall} {seat} 号座位
        </dd>
        {sitting ? (
          <>
            <dt>考试</dt>
            <dd>
              {sitting.title}，{PARTS[sitting.part]}，{dayAndMinute(sitting.opensAt)} 开考
            </dd>
          </>
        ) : null}
      </dl>
      {sitting ? (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void identify()
          }}
        >
          <Field label="准考证号" value={ticketNumber} onChange={setTicketNumber} maxLength={40} />
          <Field
            label="身份证件号码后 6 位"
            help="末位是 X 的，输入 X。"
            value={idTail}
            onChange={setIdTail}
            maxLength={12}
          />
          <Trouble>{trouble}</Trouble>
          <button type="submit" className="button button-main">
            {busy ? '正在核对……' : '下一步'}
          </button>
        </form>
      ) : (
        <p>这台机器今天没有考试。如有疑问，请举手告知监考员。</p>
      )}
    </Stage>
  )
}

const LOOK_MS = 3_000

function AtTheDoor(props: KeptAdmission & { onEnter: (entered: Entered) => void; onBack: () => void }) {
  const { admission, identified, onEnter } = props
  const [at, setAt] = useState<AdmissionView>(identified.at)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [entering, setEntering] = useState(false)
  const [again, setAgain] = useState(false)
  const secrets = { station: stationSecret(), admission }
  const told = doorStep(at)
  const step = told === 'waiting' && again && mayLookAgain(at) ? 'face' : told

  const fail = (failure: Failure) => {
    if (failure.kind === 'secret') props.onBack()
    else setTrouble(wordsOf(failure))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks again at a steady pace while people decide
  useEffect(() => {
    // Who was turned away may be let in again by the chief: keep looking.
    if (step === 'enter') return
    let timer: ReturnType<typeof setTimeout>
    let gone = false
    const look = async () => {
      const answer = await call('admission', undefined, { secrets })
      if (gone) return
      if (answer.ok) {
        setAt(answer.value)
        setTrouble(null)
      } else fail(answer.failure)
      timer = setTimeout(() => void look(), LOOK_MS)
    }
    void look()
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [step, admission])

  const enter = useCallback(async () => {
    setEntering(true)
    setTrouble(null)
    const answer = await call(
      'enter',
      {},
      { secrets: { station: stationSecret(), admission }, timeoutMs: 20_000 },
    )
    setEntering(false)
    if (answer.ok) onEnter(answer.value)
    else if (answer.failure.kind === 'secret') setTrouble('身份核验已失效，请返回重新核验。')
    else setTrouble(wordsOf(answer.failure))
  }, [admission, onEnter])
  useEffect(() => {
    if (step === 'enter') void enter()
  }, [step, enter])

  const consent = async (given: boolean) => {
    const answer = await call('consent', { given }, { secrets })
    if (answer.ok) setAt(answer.value.at)
    else fail(answer.failure)
  }
  const who = <Who identified={identified} />
  switch (step) {
    case 'consent':
      return (
        <Stage title="人脸信息使用确认">
          {who}
          <p className="prose consent">{identified.consentText.text}</p>
          <p>您可以不同意。不同意的，由两名监考员核对您的证件，与人脸核验同样有效，不影响考试时间和成绩。</p>
          <Trouble>{trouble}</Trouble>
          <div className="row">
            <Button weight="main" onPress={() => void consent(true)}>
              同意，使用人脸核验
            </Button>
            <Button onPress={() => void consent(false)}>不同意，改为核对证件</Button>
          </div>
        </Stage>
      )
    case 'face':
      return (
        <Stage title="人脸核验">
          {who}
          <FaceLook
            secrets={secrets}
            onLooked={(seen) => {
              setAgain(false)
              setAt(seen)
            }}
          />
          <Trouble>{trouble}</Trouble>
        </Stage>
      )
    case 'waiting':
      return (
        <Stage title="等待监考员确认">
          {who}
          <ul className="gates" aria-live="polite">
            {at.gates.map((one) => {
              const { word, shape } = gateWords(one)
              return (
                <li key={one.gate}>
                  <span className="gate-name">{GATES[one.gate]}</span> <Mark shape={shape}>{word}</Mark>
                  <p className="quiet">{one.words}</p>
                </li>
              )
            })}
          </ul>
          <p>请在座位上等候，本页会自动继续。</p>
          {mayLookAgain(at) ? <Button onPress={() => setAgain(true)}>再拍一次</Button> : null}
          <Trouble>{trouble}</Trouble>
        </Stage>
      )
    case 'turned-away':
      return (
        <Stage title="未能入场">
          {who}
          <p className="trouble">{at.reason ?? '监考员未准予入场。'}</p>
          <p>如有异议，请当场向监考员提出，由考点负责人处理。</p>
          <Button onPress={props.onBack}>返回</Button>
        </Stage>
      )
    case 'enter':
      return (
        <Stage title="正在进入考场">
          {who}
          {entering ? <p role="status">正在领取加密试卷……</p> : null}
          <Trouble>{trouble}</Trouble>
          {trouble ? (
            <div className="row">
              <Button weight="main" onPress={() => void enter()}>
                再试一次
              </Button>
              <Button onPress={props.onBack}>返回身份核验</Button>
            </div>
          ) : null}
        </Stage>
      )
  }
}

function Who({ identified }: { identified: Identified }) {
  const { candidate, seat, sitting } = identified
  return (
    <>
      <dl className="facts">
        <dt>考生</dt>
        <dd>
          {candidate.name}（证件号码 {candidate.maskedIdNumber}）
        </dd>
        <dt>考试</dt>
        <dd>
          {sitting.title}，{PARTS[sitting.part]}，{dayAndMinute(sitting.opensAt)} 开考
        </dd>
        <dt>座位</dt>
        <dd>
          {seat.hall} {seat.label} 号
        </dd>
      </dl>
      {seat.here ? null : (
        <p className="trouble">
          您抽到的座位是 {seat.hall} {seat.label} 号，不是这台机器。请到自己的座位，或举手告知监考员。
        </p>
      )}
    </>
  )
}
