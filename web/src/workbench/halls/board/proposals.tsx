import { App } from 'antd'
import { useRef, useState } from 'react'
import { ActButton } from '../../../ui/desk/index.ts'
import { useCommand } from '../../api.ts'
import { ActDialog } from './act-dialog.tsx'
import { type Board, clientAt, PROPOSAL_WORDS, type Proposal, seatName, secondOf } from './words.ts'

/** What waits for the second invigilator stands on top of the board until somebody answers. */
export function Proposals(props: {
  board: Board
  /** Those on the page: while the pointer is among the seats none comes and none goes. */
  shown: readonly Proposal[]
  readOnly: boolean
  onAnswered: (id: string) => void
}) {
  const { board, readOnly } = props
  const [declined, setDeclined] = useState<Proposal>()
  const answered = useRef('')
  const { message } = App.useApp()
  const decide = useCommand('halls.decide-act', {
    onDone: () => {
      setDeclined(undefined)
      props.onAnswered(answered.current)
      void message.success('已办理')
    },
  })
  const decideOne = (id: string, decision: 'agreed' | 'withdrawn' | 'declined', reason: string | null) => {
    answered.current = id
    return decide.run({ proposalId: id, decision, reason, clientAt: clientAt() })
  }
  const answer = (proposal: Proposal, decision: 'agreed' | 'withdrawn') =>
    decideOne(proposal.id, decision, null)
  const waiting = new Set(board.proposals.map((one) => one.id))
  if (props.shown.length === 0) return null
  return (
    <section className="proposals" aria-label="待第二人确认">
      <ul>
        {props.shown.map((one) => (
          <li key={one.id}>
            <span>
              <strong>{wordsOf(one, board)}</strong>
              <span>
                {one.reason}
                <small className="board-grey">
                  {' '}
                  {one.by} 提出，{secondOf(one.at)}
                </small>
              </span>
            </span>
            {!waiting.has(one.id) ? (
              <span className="board-grey">已有答复</span>
            ) : readOnly ? (
              <span className="board-grey">等待第二名监考员</span>
            ) : (
              <span className="proposal-acts">
                {one.withdraw.allowed ? (
                  <>
                    <span className="board-grey">等待另一名监考员同意</span>
                    <ActButton
                      act={one.withdraw}
                      busy={decide.running}
                      onAct={() => answer(one, 'withdrawn')}
                    >
                      撤回
                    </ActButton>
                  </>
                ) : (
                  <>
                    <ActButton
                      main
                      act={one.agree}
                      busy={decide.running}
                      {...(one.kind === 'extend'
                        ? {}
                        : {
                            confirm: `${wordsOf(one, board)}。理由：${one.reason}。同意后立即生效，并记入监考记录。`,
                          })}
                      grave={one.kind !== 'extend'}
                      onAct={() => answer(one, 'agreed')}
                    >
                      同意
                    </ActButton>
                    {one.agree.allowed ? (
                      <ActButton act={one.agree} onAct={() => setDeclined(one)}>
                        不同意
                      </ActButton>
                    ) : null}
                  </>
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      {declined ? (
        <ActDialog
          title={`不同意：${wordsOf(declined, board)}`}
          verb="不同意"
          usual={['情况不符', '无须如此处置']}
          problem={decide.problem}
          running={decide.running}
          onClose={() => setDeclined(undefined)}
          onAct={(reason) => decideOne(declined.id, 'declined', reason)}
        />
      ) : null}
    </section>
  )
}

function wordsOf(one: Proposal, board: Board): string {
  const tile = board.tiles.find((each) => each.candidateId === one.candidateId)
  const whom = one.candidateId === null ? '全考场' : tile ? seatName(tile) : '考生'
  const { seconds } = one.data
  const how = typeof seconds === 'number' ? ` ${Math.round(seconds / 60)} 分钟` : ''
  const ends = one.kind === 'misconduct' && one.data.ends === true ? '，并终止考试' : ''
  return `${whom}：${PROPOSAL_WORDS[one.kind]}${how}${ends}`
}
