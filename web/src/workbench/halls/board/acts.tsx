import { App, Button, Checkbox, InputNumber, Select, Upload } from 'antd'
import { useId, useState } from 'react'
import { instant } from '../../../ui/format.ts'
import { useApiQueryWhen, useCommand } from '../../api.ts'
import { ActDialog } from './act-dialog.tsx'
import { Picture } from './pictures.tsx'
import { clientAt, MESSAGES, type Place, REASONS, type Seated, seatName, type Tile } from './words.ts'

export type ActName =
  | 'message'
  | 'extend'
  | 'pause'
  | 'resume'
  | 'release'
  | 'terminate'
  | 'misconduct'
  | 'withdraw'
  | 'annul'
  | { settle: { id: string; word: string } }

interface ActProps {
  place: Place
  /** Whom it is about; null: the whole hall. */
  tile: Tile | null
  seated?: Seated | undefined
  onClose: () => void
}

/** The dialog of an act; what needs a second invigilator is only proposed by it. */
export function Act({ act, ...props }: ActProps & { act: ActName }) {
  if (typeof act === 'object') return <SettleAct {...props} alert={act.settle} />
  switch (act) {
    case 'message':
      return <MessageAct {...props} />
    case 'extend':
      return <ExtendAct {...props} />
    case 'pause':
    case 'resume':
      return <PauseAct {...props} act={act} />
    case 'release':
      return props.tile ? <ReleaseAct {...props} tile={props.tile} /> : null
    case 'terminate':
      return props.tile ? <TerminateAct {...props} tile={props.tile} /> : null
    case 'misconduct':
      return props.tile ? <MisconductAct {...props} tile={props.tile} /> : null
    case 'withdraw':
    case 'annul':
      return props.tile ? <TakeBackAct {...props} tile={props.tile} act={act} /> : null
  }
}

const whom = (tile: Tile | null) => (tile ? seatName(tile) : '本考场全体考生')
const SECOND = '提出后须由同考场另一名监考员同意，才会生效。'

function useDone(onClose: () => void, words: string) {
  const { message } = App.useApp()
  return () => {
    void message.success(words)
    onClose()
  }
}

function MessageAct({ place, tile, onClose }: ActProps) {
  const send = useCommand('halls.send-message', { inPlace: true, onDone: useDone(onClose, '提示已发送') })
  return (
    <ActDialog
      title={`提示${whom(tile)}`}
      verb="发送"
      says="考生屏幕上会出现这句话，直到其点“知道了”。"
      label="提示内容"
      usual={MESSAGES}
      most={200}
      problem={send.problem}
      running={send.running}
      onClose={onClose}
      onAct={(text) =>
        send.run({ ...place, candidateId: tile?.candidateId ?? null, text, clientAt: clientAt() })
      }
    />
  )
}

function ExtendAct({ place, tile, onClose }: ActProps) {
  const [minutes, setMinutes] = useState<number | null>(10)
  const id = useId()
  const propose = useCommand('halls.propose-act', {
    inPlace: true,
    onDone: useDone(onClose, '已提出，等待第二名监考员同意'),
  })
  return (
    <ActDialog
      title={`为${whom(tile)}延长时间`}
      verb="提出延长"
      says={SECOND}
      usual={REASONS.extend}
      ready={minutes !== null}
      missing="填写延长分钟数"
      problem={propose.problem}
      running={propose.running}
      onClose={onClose}
      onAct={(reason) =>
        propose.run({
          ...place,
          act: { kind: 'extend', candidateId: tile?.candidateId ?? null, seconds: (minutes ?? 0) * 60 },
          reason,
          clientAt: clientAt(),
        })
      }
    >
      <p className="act-label">
        <label htmlFor={id}>延长分钟数</label>
      </p>
      <InputNumber id={id} min={1} max={120} precision={0} value={minutes} onChange={setMinutes} />
    </ActDialog>
  )
}

function PauseAct({ place, act, onClose }: ActProps & { act: 'pause' | 'resume' }) {
  const [title, done] = act === 'pause' ? ['暂停考场', '考场已暂停'] : ['恢复考场', '考场已恢复']
  const onDone = useDone(onClose, done)
  const pause = useCommand('halls.pause-hall', { inPlace: true, onDone })
  const resume = useCommand('halls.resume-hall', { inPlace: true, onDone })
  const command = act === 'pause' ? pause : resume
  const { sittingId, hallId } = place
  return (
    <ActDialog
      title={title}
      verb={title}
      says={
        act === 'pause'
          ? '全体考生的计时停住，暂停期间不能答题；恢复后逐人补回，不少一秒。'
          : '全体考生继续答题，暂停的时间逐人补回。'
      }
      usual={REASONS[act]}
      problem={command.problem}
      running={command.running}
      onClose={onClose}
      onAct={(reason) => command.run({ sittingId, hallId, reason, clientAt: clientAt() })}
    />
  )
}

function ReleaseAct({ place, tile, seated, onClose }: ActProps & { tile: Tile }) {
  const [seatId, setSeatId] = useState('')
  const id = useId()
  const release = useCommand('halls.release-seat', {
    inPlace: true,
    onDone: useDone(onClose, '考位已释放，请考生在所选考位重新进入'),
  })
  const seats = [
    { value: '', label: `原考位 ${tile.seat}（换一台机器或重开浏览器）` },
    ...(seated?.freeSeats ?? []).map((seat) => ({
      value: seat.id,
      label: `${seat.label} 号${seat.spare ? '（备用）' : '（空闲）'}`,
    })),
  ]
  return (
    <ActDialog
      title={`${seatName(tile)}换机续考`}
      verb="释放考位"
      says="原来的机器立即不能再答题；考生在所选考位凭准考证号进入后，从原处继续，已保存的答案都在。"
      usual={REASONS.release}
      problem={release.problem}
      running={release.running}
      onClose={onClose}
      onAct={(reason) =>
        release.run({
          ...place,
          candidateId: tile.candidateId,
          seatId: seatId || null,
          reason,
          clientAt: clientAt(),
        })
      }
    >
      <p className="act-label">
        <label htmlFor={id}>续考考位</label>
      </p>
      <Select id={id} value={seatId} onChange={setSeatId} options={seats} style={{ width: '100%' }} />
    </ActDialog>
  )
}

function SettleAct({ alert, tile, onClose }: ActProps & { alert: { id: string; word: string } }) {
  const settle = useCommand('halls.settle-alert', { inPlace: true, onDone: useDone(onClose, '提醒已处理') })
  return (
    <ActDialog
      title={`处理提醒：${alert.word}`}
      verb="处理"
      says={`${whom(tile)}的这条提醒从考位上撤下，记录保留。`}
      label="核实情况"
      usual={REASONS.settle}
      problem={settle.problem}
      running={settle.running}
      onClose={onClose}
      onAct={(reason) => settle.run({ alertId: alert.id, reason, clientAt: clientAt() })}
    />
  )
}

function TerminateAct({ place, tile, onClose }: ActProps & { tile: Tile }) {
  const propose = useCommand('halls.propose-act', {
    inPlace: true,
    onDone: useDone(onClose, '已提出，等待第二名监考员同意'),
  })
  return (
    <ActDialog
      title={`终止${seatName(tile)}的考试`}
      verb="提出终止"
      grave
      says={`该考生此后不能再答题，已保存的答案照常计分。${SECOND}`}
      usual={REASONS.terminate}
      problem={propose.problem}
      running={propose.running}
      onClose={onClose}
      onAct={(reason) =>
        propose.run({
          ...place,
          act: { kind: 'terminate', candidateId: tile.candidateId },
          reason,
          clientAt: clientAt(),
        })
      }
    />
  )
}

const TAKE_BACK = {
  withdraw: {
    title: (tile: Tile) => `撤销${seatName(tile)}的违纪认定`,
    verb: '提出撤销',
    says: '撤销后本科目不再记为违纪。考试若已因该认定终止，答卷不再打开，已保存的答案照常计分，评价机构须为考生另行安排考试。',
  },
  annul: {
    title: (tile: Tile) => `认定终止${seatName(tile)}的考试有误`,
    verb: '提出认定',
    says: '已终止的答卷不再打开，已保存的答案照常计分；评价机构须为考生另行安排考试，安排之前列在其待办中。',
  },
}

/** The reverse of misconduct or of a termination, by two again; the attempt itself stays as it is. */
function TakeBackAct({ place, tile, act, onClose }: ActProps & { tile: Tile; act: 'withdraw' | 'annul' }) {
  const propose = useCommand('halls.propose-act', {
    inPlace: true,
    onDone: useDone(onClose, '已提出，等待第二名监考员同意'),
  })
  const { title, verb, says } = TAKE_BACK[act]
  return (
    <ActDialog
      title={title(tile)}
      verb={verb}
      says={`${says}${SECOND}`}
      usual={REASONS[act]}
      problem={propose.problem}
      running={propose.running}
      onClose={onClose}
      onAct={(reason) =>
        propose.run({
          ...place,
          act: { kind: act, candidateId: tile.candidateId },
          reason,
          clientAt: clientAt(),
        })
      }
    />
  )
}

const CAPTURES_SHOWN = 8
const EVIDENCE_TYPES = 'image/jpeg,image/png,application/pdf'

function MisconductAct({ place, tile, seated, onClose }: ActProps & { tile: Tile }) {
  const [alertIds, setAlertIds] = useState<string[]>([])
  const [captureIds, setCaptureIds] = useState<string[]>([])
  const [file, setFile] = useState<File>()
  const [ends, setEnds] = useState(tile.open)
  const kept = useApiQueryWhen(
    'halls.read-evidence',
    tile.attemptId ? { attemptId: tile.attemptId, purpose: '认定违纪取证' } : undefined,
  )
  const captures = (kept.data?.captures ?? []).filter((one) => one.state !== 'deleted').slice(-CAPTURES_SHOWN)
  const propose = useCommand('halls.propose-act', {
    inPlace: true,
    onDone: useDone(onClose, '已提出，等待第二名监考员同意'),
  })
  return (
    <ActDialog
      title={`认定${seatName(tile)}违纪`}
      verb="提出认定"
      grave
      says={`请选择证据。认定后本科目成绩记为违纪。${SECOND}`}
      label="事实"
      usual={REASONS.misconduct}
      ready={alertIds.length + captureIds.length > 0 || file !== undefined}
      missing="选择一条提醒或抓拍，或上传现场照片"
      problem={propose.problem}
      running={propose.running}
      onClose={onClose}
      onAct={(reason) =>
        propose.run(
          {
            ...place,
            act: { kind: 'misconduct', candidateId: tile.candidateId, alertIds, captureIds, ends },
            reason,
            clientAt: clientAt(),
          },
          file ? { evidence: file } : undefined,
        )
      }
    >
      {seated && seated.alerts.length > 0 ? (
        <fieldset className="act-evidence">
          <legend>提醒</legend>
          <Checkbox.Group
            value={alertIds}
            onChange={(next) => setAlertIds(next as string[])}
            options={seated.alerts.map((one) => ({ value: one.id, label: `${one.word}（${one.times} 次）` }))}
          />
        </fieldset>
      ) : null}
      {captures.length > 0 ? (
        <fieldset className="act-evidence">
          <legend>抓拍</legend>
          <div className="act-captures">
            {captures.map((one) => (
              <div key={one.id}>
                <Picture
                  first
                  wanted={{ of: 'capture', captureId: one.id, purpose: '认定违纪取证' }}
                  alt={`${instant(one.at, 'second').slice(11)} 的抓拍`}
                  none="没有抓拍"
                />
                <Checkbox
                  checked={captureIds.includes(one.id)}
                  onChange={(event) =>
                    setCaptureIds(
                      event.target.checked
                        ? [...captureIds, one.id]
                        : captureIds.filter((other) => other !== one.id),
                    )
                  }
                >
                  选用
                </Checkbox>
              </div>
            ))}
          </div>
        </fieldset>
      ) : null}
      <p className="act-label">
        <Upload
          accept={EVIDENCE_TYPES}
          maxCount={1}
          beforeUpload={(chosen) => {
            setFile(chosen)
            return false
          }}
          onRemove={() => setFile(undefined)}
        >
          <Button>上传现场照片或扫描件</Button>
        </Upload>
      </p>
      {tile.open ? (
        <p>
          <Checkbox checked={ends} onChange={(event) => setEnds(event.target.checked)}>
            同时终止该考生本科目考试
          </Checkbox>
        </p>
      ) : null}
    </ActDialog>
  )
}
