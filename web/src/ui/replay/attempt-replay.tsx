import { type KeyboardEvent, useId, useMemo, useState } from 'react'
import { problemOf } from '../api.ts'
import { instant } from '../format.ts'
import { StateTag } from '../marks.tsx'
import { answerBefore, answersAt, clockGap, placesOf, type ShownReplay, timeLeft } from './replay-state.ts'
import './replay.css'

/** Downloads a file of the attempt; fails with the server's words. */
type OpenFile = (fileId: string) => Promise<unknown>

const AROUND = 40
const KEYS: Record<string, number> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
  PageUp: -10,
  PageDown: 10,
}

/** An attempt step by step: slider, filter by item, arrow keys; what stood then, and whether the record is whole. */
export function AttemptReplay({ replay, onFile }: { replay: ShownReplay; onFile: OpenFile }) {
  const [item, setItem] = useState('')
  const [place, setPlace] = useState(0)
  const ids = useId()
  const places = useMemo(() => placesOf(replay.steps, item), [replay.steps, item])
  // The nearest step of the filter that is not after the place; the first one when there is none.
  const index = Math.max(
    0,
    places.findLastIndex((one) => one <= place),
  )
  const at = places[index] ?? 0
  const step = replay.steps[at]
  const move = (to: number) => setPlace(places[Math.min(Math.max(to, 0), places.length - 1)] ?? 0)
  const press = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).tagName === 'SELECT') return
    const by = KEYS[event.key]
    if (event.key === 'Home') move(0)
    else if (event.key === 'End') move(places.length - 1)
    else if (by !== undefined) move(index + by)
    else return
    event.preventDefault()
  }
  if (!step)
    return (
      <>
        <Soundness replay={replay} />
        <p>这份答卷没有作答记录：考生没有进入考试。</p>
      </>
    )
  const answers = answersAt(replay.steps, at)
  return (
    <>
      <Soundness replay={replay} />
      <section className="replay" aria-label="作答轨迹" onKeyDown={press}>
        <div className="replay-bar">
          <label htmlFor={`${ids}item`}>只看</label>
          <select id={`${ids}item`} value={item} onChange={(event) => setItem(event.target.value)}>
            <option value="">全部记录</option>
            {replay.items.map((one) => (
              <option key={one.id} value={one.id}>
                第 {one.number} 题
              </option>
            ))}
          </select>
          <button type="button" onClick={() => move(index - 1)} disabled={index === 0}>
            上一步
          </button>
          <button type="button" onClick={() => move(index + 1)} disabled={index >= places.length - 1}>
            下一步
          </button>
          <span className="num">
            {index + 1} / {places.length}
          </span>
        </div>
        <label className="sr-only" htmlFor={`${ids}slider`}>
          轨迹位置
        </label>
        <input
          id={`${ids}slider`}
          className="replay-slider"
          type="range"
          min={0}
          max={Math.max(places.length - 1, 0)}
          value={index}
          aria-valuetext={`${instant(step.at, 'second')} ${step.words}`}
          onChange={(event) => move(Number(event.target.value))}
        />
        <Now replay={replay} at={at} onFile={onFile} />
        <ItemMap replay={replay} answers={answers} current={step.item} onItem={setItem} chosen={item} />
        <ol className="replay-steps" aria-label="记录">
          {places.slice(Math.max(0, index - AROUND), index + AROUND + 1).map((one) => {
            const row = replay.steps[one]
            return row ? (
              <li key={row.seq} aria-current={one === at ? 'step' : undefined}>
                <button type="button" onClick={() => setPlace(one)}>
                  <span className="num">{instant(row.at, 'second')}</span> {row.words}
                </button>
              </li>
            ) : null
          })}
        </ol>
      </section>
    </>
  )
}

function Now({ replay, at, onFile }: { replay: ShownReplay; at: number; onFile: OpenFile }) {
  const step = replay.steps[at]
  const [failed, setFailed] = useState('')
  if (!step) return null
  const { file } = step
  const item = replay.items.find((one) => one.id === step.item)
  const before = answerBefore(replay.steps, at)
  const gap = clockGap(step)
  const left = timeLeft(step)
  return (
    <div className="replay-now" role="status">
      <p className="replay-words">{step.words}</p>
      <p className="replay-when">
        服务器时间 <span className="num">{instant(step.at, 'second')}</span>
        {gap === null ? null : ` · 考生机器${gap > 0 ? '快' : '慢'} ${Math.abs(gap)} 秒`}
        {left === null ? null : ` · 还剩 ${left}`}
      </p>
      {file ? (
        <p>
          <button
            type="button"
            onClick={() => {
              setFailed('')
              onFile(file.id).catch((error) => setFailed(problemOf(error).message))
            }}
          >
            下载「{file.name}」
          </button>
        </p>
      ) : null}
      {failed ? <p role="alert">{failed}</p> : null}
      {item?.stem ? <p className="replay-stem">{item.stem}</p> : null}
      {item && item.options.length > 0 ? (
        <ul className="replay-options">
          {item.options.map((option) => (
            <li key={option.letter}>
              {option.letter}. {option.text}
            </li>
          ))}
        </ul>
      ) : null}
      {step.answer === null ? null : (
        <dl className="replay-change">
          <dt>原来</dt>
          <dd>{before ?? '（未作答）'}</dd>
          <dt>改为</dt>
          <dd>{step.answer}</dd>
        </dl>
      )}
    </div>
  )
}

function ItemMap(props: {
  replay: ShownReplay
  answers: Map<string, string>
  current: string | null
  chosen: string
  onItem: (item: string) => void
}) {
  return (
    <ul className="replay-map" aria-label="此时各题">
      {props.replay.items.map((item) => {
        const answer = props.answers.get(item.id)
        const filled = answer !== undefined && answer !== '（清空）'
        return (
          <li key={item.id}>
            <button
              type="button"
              className={filled ? 'filled' : ''}
              aria-pressed={props.chosen === item.id}
              aria-label={`第 ${item.number} 题，${filled ? `已答 ${answer}` : '未答'}`}
              data-current={props.current === item.id || undefined}
              onClick={() => props.onItem(props.chosen === item.id ? '' : item.id)}
            >
              {item.number}
            </button>
          </li>
        )
      })}
    </ul>
  )
}

function Soundness({ replay: { chain, receipt } }: { replay: ShownReplay }) {
  return (
    <section className="replay-chain" aria-label="记录核验">
      <p>
        {chain.intact ? (
          <StateTag tone="done">记录完整</StateTag>
        ) : (
          <StateTag tone="refused">记录不完整</StateTag>
        )}{' '}
        共 {chain.entries} 条，逐条相扣，{chain.intact ? '没有缺失或改动' : '下列各处没有通过核验'}。
        {chain.anchoredAt ? `考试结束时已封存链头（${instant(chain.anchoredAt)}）。` : '尚未封存链头。'}
      </p>
      {chain.breaches.map((one) => (
        <p key={`${one.seq} ${one.words}`}>
          第 {one.seq} 条：{one.words}
        </p>
      ))}
      {receipt ? (
        <p>
          回执编号 <span className="num">{receipt.number}</span>，已答 {receipt.answered} / {receipt.items} 题
        </p>
      ) : null}
      {chain.head ? (
        <details>
          <summary>校验码</summary>
          <code className="replay-hash">{chain.head}</code>
        </details>
      ) : null}
    </section>
  )
}
