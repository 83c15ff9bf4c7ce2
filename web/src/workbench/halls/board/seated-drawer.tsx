import { Link } from '@tanstack/react-router'
import { Drawer } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { ActButton, Facts, Group, Loaded, Nothing, StateTag } from '../../../ui/desk/index.ts'
import { instant } from '../../../ui/format.ts'
import { useApiQuery } from '../../api.ts'
import { useMe } from '../../shell/me.ts'
import { ActRow } from './act-row.tsx'
import type { ActName } from './acts.tsx'
import { TwoFaces } from './face.tsx'
import { LevelMark, wordOf } from './tile-view.tsx'
import {
  ACT_WORDS,
  actText,
  LEVEL_TONES,
  LEVEL_WORDS,
  type Level,
  type Place,
  type Seated,
  STANDING_WORDS,
  seatName,
  secondOf,
  type Tile,
} from './words.ts'

const READ_EVERY_MS = 5_000
const OUTCOMES: Record<string, string> = {
  same: '与登记照片相符',
  other: '与登记照片不符',
  none: '未见面孔',
  several: '多张面孔',
  unsure: '难以辨认',
}

/** One candidate behind a tile: both pictures, what is going on, what was noticed and done, and the acts. */
export function SeatedDrawer(props: {
  place: Place
  tile: Tile
  readOnly: boolean
  onAct: (act: ActName, seated: Seated) => void
  onClose: () => void
}) {
  const { place, tile } = props
  const query = useApiQuery('halls.read-seated', { ...place, candidateId: tile.candidateId })
  const { refetch } = query
  const news = tile.alerts.map((alert) => `${alert.id}${alert.times}`).join() + tile.standing + tile.seat
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the tile shows something new
  useEffect(() => {
    void refetch()
    const timer = setInterval(() => void refetch(), READ_EVERY_MS)
    return () => clearInterval(timer)
  }, [news, refetch])
  return (
    <Drawer
      open
      title={seatName(tile)}
      size={560}
      styles={{ body: { padding: 0 } }}
      onClose={props.onClose}
      footer={
        query.data && !props.readOnly ? (
          <Acts seated={query.data} onAct={(act) => props.onAct(act, query.data)} />
        ) : null
      }
    >
      <DrawerScroll label="考生情况">
        <Loaded query={query}>
          {(seated) => (
            <>
              <TwoFaces
                sittingId={place.sittingId}
                ticketNumber={tile.ticketNumber}
                name={tile.name}
                registered={tile.photo}
                captureId={tile.capture?.id ?? null}
                captureWords={
                  tile.capture
                    ? `${secondOf(tile.capture.at)} 抓拍${tile.capture.outcome ? `，${OUTCOMES[tile.capture.outcome] ?? ''}` : ''}`
                    : '最近画面'
                }
              />
              <SeatedFacts seated={seated} tile={tile} />
              <Alerts
                seated={seated}
                readOnly={props.readOnly}
                onSettle={(alert) => props.onAct({ settle: alert }, seated)}
              />
              <History seated={seated} />
              <ReplayLink attemptId={tile.attemptId} />
            </>
          )}
        </Loaded>
      </DrawerScroll>
    </Drawer>
  )
}

/** A hall node keeps the journal; it is replayed at the province. */
function ReplayLink({ attemptId }: { attemptId: string | null }) {
  const isNode = useMe().data?.isNode
  if (!attemptId || isNode !== false) return null
  return (
    <p>
      <Link to={`/halls/attempts/${attemptId}/replay`}>查看答题过程回放</Link>
    </p>
  )
}

/** Scrolls by keyboard too when nothing inside takes the focus. */
function DrawerScroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable
    <section className="drawer-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  )
}

function Acts({ seated, onAct }: { seated: Seated; onAct: (act: ActName) => void }) {
  const { actions, tile } = seated
  const go = (key: keyof typeof actions, label: string) => ({
    ...{ key, label, act: actions[key] },
    onAct: () => onAct(key),
  })
  return (
    <ActRow
      label="处置"
      acts={[
        { ...go('message', '发送提示'), main: true },
        go('extend', '延长时间'),
        go('release', '换机续考'),
        tile.misconduct ? go('withdraw', '撤销违纪认定') : { ...go('misconduct', '认定违纪'), grave: true },
        tile.standing === 'terminated' && !tile.misconduct && !seated.owed
          ? go('annul', '认定终止有误')
          : { ...go('terminate', '终止考试'), grave: true },
      ]}
    />
  )
}

function SeatedFacts({ seated, tile }: { seated: Seated; tile: Tile }) {
  const { level } = tile.urgency
  const writing = tile.standing === 'writing' || tile.standing === 'paused'
  return (
    <Facts
      rows={[
        [
          '状况',
          <StateTag key="state" tone={LEVEL_TONES[level]}>
            {level === 'calm'
              ? STANDING_WORDS[tile.standing]
              : `${LEVEL_WORDS[level]}：${wordOf(tile)}（${STANDING_WORDS[tile.standing]}）`}
          </StateTag>,
        ],
        tile.misconduct && [
          '违纪',
          <StateTag key="mark" tone="refused">
            本科目已认定违纪
          </StateTag>,
        ],
        seated.owed && [
          '终止有误',
          '两名监考员已认定终止有误。答卷不再打开，已保存的答案照常计分；评价机构须为考生另行安排考试。',
        ],
        [
          '准考证号',
          <span key="ticket" className="num">
            {tile.ticketNumber}
          </span>,
        ],
        ['考位', `${tile.seat} 号（第 ${tile.row} 行第 ${tile.column} 列）`],
        [
          '进度',
          <span key="progress" className="num">
            已答 {tile.answered} / {tile.items}
            {tile.unsaved > 0 ? `，${tile.unsaved} 项尚未送达` : ''}
          </span>,
        ],
        writing && [
          '连接',
          tile.silentSeconds === null ? (
            <Nothing key="line" />
          ) : (
            <span key="line" className="num">
              {tile.silentSeconds} 秒前有消息
              {tile.roundTripMs === null ? '' : `，往返 ${tile.roundTripMs} 毫秒`}
            </span>
          ),
        ],
        seated.endsAt !== null && [
          '应交卷时刻',
          <span key="end" className="num">
            {secondOf(seated.endsAt)}（含已延长和暂停）
          </span>,
        ],
        writing && ['机器', signalWords(tile.signals)],
      ]}
    />
  )
}

function signalWords(signals: Tile['signals']): ReactNode {
  const said: string[] = []
  if (signals.visible === false) said.push('考试页面不在前台')
  if (signals.fullScreen === false) said.push('未全屏')
  if (signals.camera === 'off') said.push('摄像头已关')
  if (signals.camera === 'none') said.push('没有摄像头')
  if (signals.camera === 'on') said.push('摄像头开启')
  if (signals.secondScreen === true) said.push('接有第二块屏幕')
  if (typeof signals.battery === 'number') said.push(`电量 ${signals.battery}%`)
  return said.join('，') || <Nothing />
}

function Alerts(props: {
  seated: Seated
  readOnly: boolean
  onSettle: (alert: { id: string; word: string }) => void
}) {
  const { alerts } = props.seated
  if (alerts.length === 0) return null
  return (
    <Group title="提醒">
      <ul className="seated-list">
        {alerts.map((alert) => (
          <li key={alert.id} className={alert.settledAt ? 'board-grey' : `level-${alert.severity}`}>
            <span>
              {alert.settledAt ? null : <LevelMark level={alert.severity as Level} />}{' '}
              <strong>{alert.word}</strong>
              {alert.times > 1 ? ` ${alert.times} 次` : ''}
              {alert.settledAt ? `，${alert.settledBy} 已处理：${alert.settledReason}` : ''}
              <Clocks at={alert.at} clientAt={alert.clientAt} who="考生机" />
            </span>
            {alert.settledAt || props.readOnly ? null : (
              <ActButton act={props.seated.actions.message} onAct={() => props.onSettle(alert)}>
                处理
              </ActButton>
            )}
          </li>
        ))}
      </ul>
    </Group>
  )
}

function History({ seated }: { seated: Seated }) {
  if (seated.acts.length === 0) return null
  return (
    <Group title="处置记录">
      <ul className="seated-list">
        {seated.acts.map((act) => (
          <li key={act.id}>
            <span>
              <strong>{ACT_WORDS[act.kind]}</strong> {actText(act)}
              <small className="board-grey">
                {act.byName}
                {act.secondName ? `、${act.secondName}（第二人）` : ''}
              </small>
              <Clocks at={act.at} clientAt={act.clientAt} who="操作机" />
            </span>
          </li>
        ))}
      </ul>
    </Group>
  )
}

/** The server's time and that of the machine it happened at: both are evidence. */
export function Clocks(props: { at: string; clientAt: string | null; who: string }) {
  return (
    <small className="board-grey num clocks">
      服务器 {instant(props.at, 'second')}
      {props.clientAt ? `，${props.who} ${secondOf(props.clientAt)}` : ''}
    </small>
  )
}
