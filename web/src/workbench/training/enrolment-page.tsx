import {
  ClauseTag,
  Group,
  Instant,
  Loaded,
  Masked,
  Nothing,
  RecordPage,
  StateOf,
  useParam,
} from '../../ui/desk/index.ts'
import { Verdict } from '../../ui/verdict/verdict.tsx'
import { useApiQuery } from '../api.ts'
import { ENROLMENT_WORDS, HOUR_KINDS, SOURCES } from './words.ts'

const clause = (id: string) => <ClauseTag id={id} />

/** One learner in one class: why admitted, how far, why completed or not. */
export function EnrolmentPage() {
  const query = useApiQuery('training.read-enrolment', { enrolmentId: useParam('id') })
  return (
    <Loaded query={query}>
      {(one) => (
        <RecordPage
          back={{ to: `/training/classes/${one.classId}/enrolments`, label: one.className }}
          kind="学员"
          name={one.name}
          number={`报名号 ${one.position}`}
          state={<StateOf state={one.state} of={ENROLMENT_WORDS} />}
          facts={[
            {
              title: '报名',
              rows: [
                ['证件号码', <Masked key="id" number={one.maskedIdNumber} />],
                ['手机', <Masked key="phone" number={one.phoneMasked} />],
                ['来源', SOURCES[one.source]],
                ['报名时间', <Instant key="at" at={one.registeredAt} />],
                ['处理', one.decidedBy ? `${one.decidedBy}` : <Nothing key="by" />],
                one.reason ? ['说明', one.reason] : undefined,
              ],
            },
            {
              title: '已得学时',
              rows: (Object.keys(HOUR_KINDS) as (keyof typeof HOUR_KINDS)[]).map(
                (kind) => [HOUR_KINDS[kind], `${one.hours[kind]} 学时`] as const,
              ),
            },
          ]}
          timeline={one.timeline}
        >
          <Group title="培训对象判断">
            <Verdict decision={one.audience} clause={clause} />
          </Group>
          {one.completion ? (
            <Group title="结业判断">
              <Verdict decision={one.completion} clause={clause} />
            </Group>
          ) : null}
        </RecordPage>
      )}
    </Loaded>
  )
}
