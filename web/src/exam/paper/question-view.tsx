import { useEffect, useRef } from 'react'
import type { AnswerValue, PaperItem } from '../../../../server/src/halls/attempts/wire.ts'
import { itemOf } from '../answers/save-queue.ts'
import { Button, Mark } from '../kit.tsx'
import { AnswerField } from './answer-field.tsx'
import { type Desk, saveWords } from './desk.ts'
import { Materials } from './materials.tsx'
import { points } from './question-map.ts'

const KINDS: Record<PaperItem['kind'], string> = {
  single: '单选题',
  multiple: '多选题',
  judgement: '判断题',
  fill: '填空题',
  short: '简答题',
  long: '论述题',
  file: '操作题，提交文件',
  scenario: '案例',
}

/** One question with everything beside it. Takes the focus when the candidate comes to it. */
export function QuestionView({ desk }: { desk: Desk }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const came = useRef(false)
  const question = desk.questions[desk.position]
  const id = question?.item.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the question
  useEffect(() => {
    if (came.current) {
      heading.current?.focus({ preventScroll: true })
      window.scrollTo({ top: 0 })
    }
    came.current = true
  }, [id])
  if (!question) return null
  const { item, number } = question
  const save = saveWords(desk.saver, item.id)
  const marked = desk.marked.has(item.id)
  const beside = question.materials.length > 0 || question.scenario !== null
  const stem = `stem-${item.id}`
  return (
    <article className={beside ? 'question question-beside' : 'question'} aria-labelledby={`at-${item.id}`}>
      {beside ? <Materials scenario={question.scenario} materials={question.materials} /> : null}
      <div className="question-own">
        <p className="group-title">{question.group.title}</p>
        {question.opensGroup && question.group.note ? (
          <p className="group-note">{question.group.note}</p>
        ) : null}
        <h2 id={`at-${item.id}`} ref={heading} tabIndex={-1}>
          第 {number} 题
          <span className="question-kind">
            {KINDS[item.kind]} · {points(item.scoreTenths)}
          </span>
        </h2>
        <p className="stem prose" id={stem}>
          {item.stem}
        </p>
        <Conflict desk={desk} item={item} />
        <AnswerField key={item.id} desk={desk} item={item} labelledBy={stem} />
        <div className="question-foot">
          <Mark shape={save.tone}>{save.words}</Mark>
          <Button pressed={marked} onPress={() => desk.toggleMark(item.id)}>
            {marked ? '⚑ 已标记，取消标记' : '⚐ 标记，稍后再看'}
          </Button>
        </div>
      </div>
    </article>
  )
}

function Conflict({ desk, item }: { desk: Desk; item: PaperItem }) {
  const one = itemOf(desk.saver.queue, item.id)
  if (!one.conflict) return null
  return (
    <section className="conflict" role="alert">
      <h3>这道题有两个版本</h3>
      <p>服务器上的答案比这台机器的新。请选择保留哪一个；选定之前，此题不会保存。</p>
      <div className="versions">
        <div>
          <h4>这台机器上的</h4>
          <p className="prose">{valueWords(item, one.value)}</p>
          <Button onPress={() => desk.choose(item.id, 'mine')}>保留这台机器上的</Button>
        </div>
        <div>
          <h4>服务器上的</h4>
          <p className="prose">{valueWords(item, one.conflict.value)}</p>
          <Button onPress={() => desk.choose(item.id, 'theirs')}>保留服务器上的</Button>
        </div>
      </div>
    </section>
  )
}

function valueWords(item: PaperItem, value: AnswerValue): string {
  const option = (id: string) => item.options?.find((one) => one.id === id)?.text ?? id
  if (value === null || value === '') return '（未作答）'
  if (typeof value === 'string') return item.options ? option(value) : value
  if (Array.isArray(value)) return item.options ? value.map(option).join('；') : value.join('；')
  return value.name
}
