import { itemOf } from '../answers/save-queue.ts'
import type { Desk } from './desk.ts'
import { isAnswered, MAP_WORDS, type MapState, mapState, type Question } from './question-map.ts'

export function stateOnMap(desk: Desk, question: Question): MapState {
  const { id } = question.item
  return mapState(isAnswered(itemOf(desk.saver.queue, id).value), desk.marked.has(id))
}

/** All questions at a glance: answered is filled, empty is hollow, marked carries a flag; and each says so in words. */
export function MapPanel({ desk, onGo }: { desk: Desk; onGo: (position: number) => void }) {
  const groups = [...new Set(desk.questions.map((one) => one.group.id))]
  return (
    <nav aria-label="题卡" className="map">
      {groups.map((id) => {
        const inside = desk.questions.filter((one) => one.group.id === id)
        return (
          <section key={id} aria-label={inside[0]?.group.title}>
            <p className="map-group">{inside[0]?.group.title}</p>
            <ol>
              {inside.map((question) => {
                const state = stateOnMap(desk, question)
                const here = desk.questions[desk.position] === question
                return (
                  <li key={question.item.id}>
                    <button
                      type="button"
                      className={`cell cell-${state}`}
                      aria-current={here ? 'step' : undefined}
                      aria-label={`第 ${question.number} 题，${MAP_WORDS[state]}`}
                      onClick={() => onGo(question.number - 1)}
                    >
                      {question.number}
                    </button>
                  </li>
                )
              })}
            </ol>
          </section>
        )
      })}
      <ul className="legend" aria-label="图例">
        <li>
          <span className="cell cell-answered" aria-hidden="true" /> 已答
        </li>
        <li>
          <span className="cell cell-empty" aria-hidden="true" /> 未答
        </li>
        <li>
          <span className="cell cell-marked" aria-hidden="true" /> 标记
        </li>
      </ul>
    </nav>
  )
}
