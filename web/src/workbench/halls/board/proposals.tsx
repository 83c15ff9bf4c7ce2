import { App } from 'antd'
import { useState } from 'react'
import { ActButton } from '../../../ui/desk/index.ts'
import { useCommand } from '../../api.ts'
import { ActDialog } from './act-dialog.tsx'
import { type Board, clientAt, PROPOSAL_WORDS, type Proposal, seatName, secondOf } from './words.ts'

/** What waits for the second invigilator stands on top of the board until somebody answers. */
export function Proposals({ board, readOnly }: { board: Board; readOnly: boolean }) {
  const [declined, setDeclined] = useState<Proposal>()
  const { message } = App.useApp()
  const decide = useCommand('halls.decide-act', {
    onDone: () => {
      setDeclined(undefined)
      void message.success('已办理')
    },
  })
  const answer = (proposal: Proposal, decision: 'agreed' | 'withdrawn') =>
    decide.run({ proposalId: proposal.id, decision, reason: null, clientAt: clientAt() })
  if (board.proposals.length === 0) return null
  return (
    <section className="proposals" aria-label="待第二人确认">
      <ul>
        {board.proposals.map((one) => (
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
            {readOnly ? (
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
          onAct={(reason) =>
            decide.run({ proposalId: declined.id, decision: 'declined', reason, clientAt: clientAt() })
          }
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
