import { Button } from 'antd'
import { useEffect, useState } from 'react'
import type { OutputOf, PortalApi } from '../../ui/api.ts'
import { portalClient } from '../../ui/clients.ts'
import { Group } from '../../ui/desk/index.ts'

type DemoAccount = OutputOf<PortalApi, 'people.demo-accounts'>['accounts'][number]

/** The town's staff by role; one press fills in account, password and the code of the next page. */
export function DemoAccounts(props: { chosen: string | null; onChoose: (account: DemoAccount) => void }) {
  const [accounts, setAccounts] = useState<DemoAccount[]>([])
  useEffect(() => {
    portalClient.read('people.demo-accounts').then(
      (answer) => setAccounts(answer.accounts),
      () => {},
    )
  }, [])
  if (accounts.length === 0) return null
  const byRole = Map.groupBy(accounts, (one) => one.roleTitle)
  return (
    <Group title="演示账号">
      <p>人物和单位均为虚构。点一下即填好账号和密码，下一页的动态口令也会自动填好。</p>
      <div className="demo-roles">
        {[...byRole].map(([role, members]) => (
          <div key={role}>
            <h3>{role}</h3>
            <ul>
              {members.map((one) => (
                <li key={one.username}>
                  <Button
                    size="small"
                    type={props.chosen === one.username ? 'primary' : 'default'}
                    aria-pressed={props.chosen === one.username}
                    onClick={() => props.onChoose(one)}
                  >
                    {one.name}
                  </Button>{' '}
                  {one.organisation}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Group>
  )
}
