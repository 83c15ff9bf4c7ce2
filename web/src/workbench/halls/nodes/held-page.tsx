import { Button, Input, Table } from 'antd'
import { useState } from 'react'
import type { OutputOf, WorkbenchApi } from '../../../ui/api.ts'
import { DeskPage, Group, Loaded, Notice, Problem, StateOf } from '../../../ui/desk/index.ts'
import { useApiQuery, useCommand } from '../../api.ts'
import { PACKAGE_WORDS } from './words.ts'

type Held = OutputOf<WorkbenchApi, 'halls.held-here'>['packages'][number]
const PARTS = { theory: '理论', ability: '能力' } as const

/** At a node: what it holds, and the papers opened by two codes when the province does not answer. */
export function HeldPage() {
  const query = useApiQuery('halls.held-here', {})
  return (
    <DeskPage title="本节点承办的考场">
      <Loaded query={query}>
        {(here) =>
          here.isNode ? (
            here.packages.map((pack) => <HeldHall key={pack.id} pack={pack} />)
          ) : (
            <Notice>这里是省平台，不是考点节点。请在考点节点的地址上打开本页。</Notice>
          )
        }
      </Loaded>
    </DeskPage>
  )
}

function HeldHall({ pack }: { pack: Held }) {
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const open = useCommand('halls.open-papers-by-codes', { inPlace: true })
  return (
    <Group title={`${pack.sitting} · ${pack.hall}`}>
      <p>
        <StateOf state={pack.state} of={PACKAGE_WORDS} />
      </p>
      <Table
        size="middle"
        rowKey="part"
        pagination={false}
        dataSource={pack.releases}
        locale={{ emptyText: '试卷尚未解封。到开考时间由省平台放行；连不上时由两名保管人输入保管码。' }}
        columns={[
          { title: '科目', render: (_, one) => PARTS[one.part as keyof typeof PARTS] },
          { title: '方式', render: (_, one) => (one.how === 'province' ? '省平台放行' : '两个保管码') },
          { title: '经办', render: (_, one) => one.by },
        ]}
      />
      {pack.state === 'taken' && (
        <>
          <Problem problem={open.problem} />
          <Input.Password
            aria-label="第一个保管码"
            placeholder="第一个保管码"
            value={first}
            onChange={(event) => setFirst(event.target.value)}
          />
          <Input.Password
            aria-label="第二个保管码"
            placeholder="第二个保管码"
            value={second}
            onChange={(event) => setSecond(event.target.value)}
          />
          {(['theory', 'ability'] as const).map((part) => (
            <Button
              key={part}
              loading={open.running}
              disabled={first.length < 16 || second.length < 16}
              onClick={() =>
                void open.run({ packageId: pack.id, part, firstCode: first, secondCode: second })
              }
            >
              解封{PARTS[part]}试卷
            </Button>
          ))}
        </>
      )}
    </Group>
  )
}
