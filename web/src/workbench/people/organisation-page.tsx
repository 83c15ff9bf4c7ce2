import { Button } from 'antd'
import { useState } from 'react'
import { ActLink, Group, Loaded, Nothing, RecordPage, useParam } from '../../ui/desk/index.ts'
import { useApiQuery } from '../api.ts'
import { OrganisationForm } from './organisation-form.tsx'

export function OrganisationPage() {
  const query = useApiQuery('people.read-organisation', { id: useParam('id') })
  const me = useApiQuery('people.me')
  const [changing, setChanging] = useState(false)
  const isAdministrator = me.data?.permissions.includes('people.register-organisation') ?? false
  return (
    <Loaded query={query}>
      {(one) => (
        <RecordPage
          back={{ to: '/people/organisations', label: '单位' }}
          kind={one.kindTitle}
          name={one.name}
          number={one.creditCode}
          state={null}
          acts={
            isAdministrator ? (
              <>
                <Button onClick={() => setChanging(true)}>修改资料</Button>
                <ActLink to={`/people/staff`}>工作人员</ActLink>
              </>
            ) : null
          }
          facts={[
            {
              title: '基本情况',
              rows: [
                ['省代码', one.provinceCode],
                ['市州代码', one.cityCode ?? <Nothing key="city" />],
                ['地址', one.address ?? <Nothing key="address" />],
                ['联系人', one.contactName ?? <Nothing key="name" />],
                ['联系电话', one.contactPhone ?? <Nothing key="phone" />],
              ],
            },
          ]}
          timeline={one.timeline}
        >
          {changing ? (
            <Group title="修改资料">
              <OrganisationForm
                organisation={one}
                mayRename
                onDone={() => setChanging(false)}
                beside={<Button onClick={() => setChanging(false)}>取消</Button>}
              />
            </Group>
          ) : null}
        </RecordPage>
      )}
    </Loaded>
  )
}
