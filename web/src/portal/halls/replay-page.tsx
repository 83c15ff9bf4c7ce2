import { ClauseTap, Loaded, Page, useParam } from '../../ui/plain/index.ts'
import { AttemptReplay } from '../../ui/replay/attempt-replay.tsx'
import { saveFile, useApiQuery } from '../api.ts'
import { PARTS } from './words.ts'

/** 本人作答轨迹 of one attempt. */
export function ReplayPage() {
  const attemptId = useParam('id')
  const query = useApiQuery('halls.my-replay', { attemptId })
  return (
    <Page
      title="作答轨迹"
      lead={
        <>
          从进入考试到收卷，每一次保存都在这里。按左右方向键可以逐步查看。 <ClauseTap id="AH-11" />
        </>
      }
      back={{ to: '/mine/attempts', label: '我的答卷' }}
      wide
    >
      <Loaded query={query}>
        {(replay) => (
          <>
            <p>
              {replay.attempt.sittingTitle} · {PARTS[replay.attempt.part]} · 准考证号{' '}
              <span className="num">{replay.attempt.ticketNumber}</span>
            </p>
            {replay.shown ? null : (
              <p>本场试题仍在使用，只显示题号和您的作答，不显示试题内容。如对成绩有异议，可申请复核。</p>
            )}
            <AttemptReplay
              replay={replay}
              onFile={(fileId) => saveFile('halls.my-answer-file', { attemptId, fileId })}
            />
          </>
        )}
      </Loaded>
    </Page>
  )
}
