import { Button, Dialog, Trouble } from '../kit.tsx'
import type { Desk } from './desk.ts'
import { stateOnMap } from './map-panel.tsx'

/** Before the hand-in: what is not answered, what was marked, what has not arrived; then the question itself. */
export function Overview(props: {
  desk: Desk
  open: boolean
  onClose: () => void
  onHandIn: () => void
  handInBecause?: string | undefined
  busy: boolean
  problem: string | null
  verb: string
}) {
  const { desk } = props
  const stated = desk.questions.map((question) => ({ question, state: stateOnMap(desk, question) }))
  const empty = stated.filter(({ state }) => state === 'empty' || state === 'marked')
  const marked = stated.filter(({ state }) => state === 'marked' || state === 'answered-marked')
  const uploads = desk.questions.filter((one) => desk.uploads[one.item.id])
  const list = (title: string, rows: typeof stated) =>
    rows.length > 0 ? (
      <section>
        <h3>
          {title}（{rows.length} 题）
        </h3>
        <ul className="jumps">
          {rows.map(({ question }) => (
            <li key={question.item.id}>
              <Button
                onPress={() => {
                  desk.go(question.number - 1)
                  props.onClose()
                }}
                label={`转到第 ${question.number} 题`}
              >
                {question.number}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    ) : null
  return (
    <Dialog title="检查与交卷" open={props.open} onClose={props.onClose} wide>
      <p>
        共 {desk.questions.length} 题，已答 {desk.questions.length - empty.length} 题，未答 {empty.length}{' '}
        题。
      </p>
      {list('未答的题', empty)}
      {list('标记的题', marked)}
      {uploads.length > 0 ? (
        <p className="trouble">
          第 {uploads.map((one) => one.number).join('、')} 题的文件还没有传到服务器，现在交卷则不计入。
        </p>
      ) : null}
      <Trouble>{props.problem}</Trouble>
      <p>
        {empty.length > 0
          ? `还有 ${empty.length} 题未答。交卷后不能再修改，确定要交卷吗？`
          : '所有题目都已作答。交卷后不能再修改。'}
      </p>
      <div className="row">
        <Button onPress={props.onClose}>继续作答</Button>
        <Button
          weight="main"
          onPress={props.onHandIn}
          because={props.handInBecause}
          busy={props.busy ? '正在交卷……' : undefined}
        >
          {props.verb}
        </Button>
      </div>
    </Dialog>
  )
}
