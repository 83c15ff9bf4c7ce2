import { useState } from 'react'
import { DeskPage, Facts, Group, Loaded, Nothing, Notice } from '../../ui/desk/index.ts'
import { useApiQuery } from '../api.ts'
import { OrganisationForm } from './organisation-form.tsx'

export function MyOrganisationPage() {
  const query = useApiQuery('people.my-organisation')
  const [saved, setSaved] = useState(false)
  return (
    <DeskPage title="本单位资料" lead="联系方式会用于主管部门与您联系。">
      {saved ? <Notice tone="done">已保存。</Notice> : null}
      <Loaded query={query}>
        {(one) => (
          <>
            <Group title="登记信息">
              <Facts
                rows={[
                  ['类别', one.kindTitle],
                  ['统一社会信用代码', one.creditCode ?? <Nothing key="none" />],
                ]}
              />
            </Group>
            <OrganisationForm
              key={one.id}
              organisation={one}
              mayRename={false}
              onDone={() => setSaved(true)}
            />
          </>
        )}
      </Loaded>
    </DeskPage>
  )
}
