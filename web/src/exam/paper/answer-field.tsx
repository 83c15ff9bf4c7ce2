import { useEffect, useId, useRef, useState } from 'react'
import type { AnswerValue, PaperItem } from '../../../../server/src/halls/attempts/wire.ts'
import { itemOf } from '../answers/save-queue.ts'
import { Button, Mark, Trouble } from '../kit.tsx'
import { MAX_FILE_BYTES, type Upload } from '../room/file-answers.ts'
import type { Desk } from './desk.ts'
import { countWords } from './question-map.ts'

/** Where a question is answered, by its kind. `labelledBy` is the stem. */
export function AnswerField({ desk, item, labelledBy }: { desk: Desk; item: PaperItem; labelledBy: string }) {
  const { value } = itemOf(desk.saver.queue, item.id)
  const same = { item, value, labelledBy, locked: desk.locked }
  switch (item.kind) {
    case 'single':
    case 'judgement':
      return (
        <Options
          {...same}
          many={false}
          onChange={(chosen) => desk.type(item.id, chosen[0] ?? null, 'at once')}
        />
      )
    case 'multiple':
      return (
        <Options
          {...same}
          many
          onChange={(chosen) => desk.type(item.id, chosen.length > 0 ? chosen : null, 'at once')}
        />
      )
    case 'fill':
      return <Blanks {...same} onChange={(blanks) => desk.type(item.id, blanks, 'when quiet')} />
    case 'short':
    case 'long':
      return (
        <Text {...same} onChange={(text) => desk.type(item.id, text === '' ? null : text, 'when quiet')} />
      )
    case 'file':
      return (
        <FileAnswer
          {...same}
          upload={desk.uploads[item.id]}
          onChoose={(file) => desk.chooseFile(item.id, file)}
          onCancel={() => desk.cancelFile(item.id)}
          onClear={() => desk.type(item.id, null, 'at once')}
        />
      )
    case 'scenario':
      return null
  }
}

interface Same {
  item: PaperItem
  value: AnswerValue
  labelledBy: string
  locked: boolean
}

const JUDGEMENT = [
  { id: '正确', text: '正确' },
  { id: '错误', text: '错误' },
]

function Options(props: Same & { many: boolean; onChange: (chosen: string[]) => void }) {
  const { item, value, many, locked } = props
  const options = item.options?.length ? item.options : item.kind === 'judgement' ? JUDGEMENT : []
  const chosen = Array.isArray(value) ? value : typeof value === 'string' ? [value] : []
  const choose = (id: string, on: boolean) => {
    if (!many) return props.onChange([id])
    // In the order of the paper, whatever the order of the clicks.
    props.onChange(options.map((one) => one.id).filter((one) => (one === id ? on : chosen.includes(one))))
  }
  return (
    <fieldset className="options" aria-labelledby={props.labelledBy} disabled={locked}>
      {options.map((option, index) => (
        <label key={option.id} className={chosen.includes(option.id) ? 'option option-chosen' : 'option'}>
          <input
            type={many ? 'checkbox' : 'radio'}
            name={item.id}
            checked={chosen.includes(option.id)}
            onChange={(event) => choose(option.id, event.target.checked)}
          />
          {item.kind === 'judgement' ? null : (
            <span className="option-letter">{String.fromCharCode(65 + index)}.</span>
          )}
          <span>{option.text}</span>
        </label>
      ))}
      {!many && chosen.length > 0 ? (
        <Button weight="plain" onPress={() => props.onChange([])}>
          清除选择
        </Button>
      ) : null}
    </fieldset>
  )
}

function Blanks(props: Same & { onChange: (blanks: string[]) => void }) {
  const count = Math.max(1, props.item.blanks ?? 1)
  const now = Array.isArray(props.value) ? props.value : []
  const blanks = Array.from({ length: count }, (_, index) => now[index] ?? '')
  const id = useId()
  return (
    <fieldset className="blanks" aria-labelledby={props.labelledBy} disabled={props.locked}>
      {blanks.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a blank is its place
        <div className="blank" key={index}>
          <label htmlFor={`${id}-${index}`}>第 {index + 1} 空</label>
          <input
            id={`${id}-${index}`}
            value={text}
            maxLength={500}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) =>
              props.onChange(blanks.map((one, at) => (at === index ? event.target.value : one)))
            }
          />
        </div>
      ))}
    </fieldset>
  )
}

function Text(props: Same & { onChange: (text: string) => void }) {
  const ref = useRef<HTMLTextAreaElement>(null)
  const text = typeof props.value === 'string' ? props.value : ''
  const most = props.item.maxChars
  const words = countWords(text)
  const count = useId()
  // Grows with the text: the page scrolls, never a box inside the page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useEffect(() => {
    const area = ref.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${area.scrollHeight + 2}px`
  }, [text])
  return (
    <div>
      <textarea
        ref={ref}
        className="text"
        aria-labelledby={props.labelledBy}
        aria-describedby={count}
        rows={props.item.kind === 'long' ? 10 : 4}
        value={text}
        readOnly={props.locked}
        maxLength={Math.min(50_000, most ?? 50_000)}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => props.onChange(event.target.value)}
      />
      <p className="quiet" id={count}>
        {words} 字{most ? `，最多 ${most} 个字符` : ''}
      </p>
    </div>
  )
}

function FileAnswer(
  props: Same & {
    upload: Upload | undefined
    onChoose: (file: File) => void
    onCancel: () => void
    onClear: () => void
  },
) {
  const { item, value, upload, locked } = props
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const file = value && typeof value === 'object' && !Array.isArray(value) ? value : null
  const accept = item.accept?.join(',')
  const choose = (chosen: File | undefined) => {
    if (!chosen) return
    const fault = fileProblem(chosen, item.accept)
    setProblem(fault)
    if (!fault) props.onChoose(chosen)
  }
  return (
    <div className="file-answer">
      {file ? (
        <p>
          <Mark shape="done">服务器已收到</Mark> {file.name}
          <br />
          <span className="quiet hash">校验值 {file.sha256}</span>
        </p>
      ) : null}
      {upload ? (
        <div>
          <p>
            {upload.name}（{size(upload.bytes)}）
          </p>
          <progress aria-label={`上传进度：${upload.name}`} value={upload.share} max={1} />
          <p>
            {upload.state === 'hashing' && <Mark shape="run">正在计算校验值</Mark>}
            {upload.state === 'sending' && (
              <Mark shape="run">正在上传 {Math.round(upload.share * 100)}%</Mark>
            )}
            {upload.state === 'waiting' && <Mark shape="wait">等待上传</Mark>}
            {upload.state === 'failed' && <Mark shape="stop">未能上传</Mark>}
          </p>
          {upload.sha256 ? <p className="quiet hash">校验值 {upload.sha256}</p> : null}
        </div>
      ) : null}
      <Trouble>{upload?.problem ?? problem}</Trouble>
      <input
        ref={input}
        type="file"
        className="sr-only"
        tabIndex={-1}
        aria-labelledby={props.labelledBy}
        accept={accept}
        onChange={(event) => {
          choose(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <div className="row">
        <Button onPress={() => input.current?.click()} because={locked ? '现在不能修改' : undefined}>
          {file || upload ? '更换文件' : '选择文件'}
        </Button>
        {upload && !locked ? (
          <Button weight="plain" onPress={props.onCancel}>
            取消上传
          </Button>
        ) : null}
        {file && !upload && !locked ? (
          <Button weight="plain" onPress={props.onClear}>
            清除
          </Button>
        ) : null}
      </div>
      <p className="quiet">
        {item.accept?.length ? `可交 ${item.accept.join('、')} 文件，` : ''}不超过 {size(MAX_FILE_BYTES)}。
      </p>
    </div>
  )
}

function fileProblem(file: File, accept: string[] | undefined): string | null {
  if (file.size === 0) return '这个文件是空的，请重新选择。'
  if (file.size > MAX_FILE_BYTES) return `文件超过 ${size(MAX_FILE_BYTES)}，请压缩后再选择。`
  const name = file.name.toLowerCase()
  if (accept?.length && !accept.some((one) => name.endsWith(one.toLowerCase())))
    return `本题只收 ${accept.join('、')} 文件，请重新选择。`
  return null
}

function size(bytes: number): string {
  return bytes >= 1024 * 1024
    ? `${Math.round(bytes / 1024 / 102.4) / 10} MB`
    : `${Math.ceil(bytes / 1024)} KB`
}
