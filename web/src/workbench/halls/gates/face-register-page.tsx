import {
  DeskPage,
  Facts,
  Group,
  Loaded,
  StateOf,
  type StateWords,
  Unverified,
} from '../../../ui/desk/index.ts'
import { count } from '../../../ui/format.ts'
import { useApiQuery } from '../../api.ts'

const STATES: StateWords = {
  below: ['未达到', 'done'],
  near: ['接近备案人数', 'waiting'],
  reached: ['已达到，须备案', 'refused'],
}

/** How many persons' faces are stored, and the number from which the province must file. */
export function FaceRegisterPage() {
  const query = useApiQuery('halls.face-register')
  return (
    <DeskPage
      title="人脸信息存储"
      lead="每人一份加密的人脸特征，期满、撤回或更换即删除。人数达到规定须向省级网信部门备案。"
    >
      <Loaded query={query}>
        {(one) => (
          <Group title="人数">
            <Facts
              rows={[
                ['现存人脸信息', `${count(one.persons)} 人`],
                ['状态', <StateOf key="state" state={one.state} of={STATES} />],
                [
                  '提醒人数',
                  <span key="warn">
                    {count(one.warnAt)} 人 {one.unverified.includes('warnAt') ? <Unverified /> : null}
                  </span>,
                ],
                [
                  '备案人数',
                  <span key="file">
                    {count(one.fileAt)} 人 {one.unverified.includes('fileAt') ? <Unverified /> : null}
                  </span>,
                ],
              ]}
            />
          </Group>
        )}
      </Loaded>
    </DeskPage>
  )
}
