import { Figures, Group, Nothing } from '../../ui/desk/index.ts'
import { count } from '../../ui/format.ts'
import { useApiQueryWhen } from '../api.ts'
import { useMe } from '../shell/me.ts'

/** This year's numbers of my scope under the desk, each a link to the people it counts. */
export function ScopeFigures() {
  const me = useMe()
  const may = (permission: string) => me.data?.permissions.includes(permission) ?? false
  const year = new Date().getFullYear()
  const query = useApiQueryWhen(
    'supervision.overview',
    may('supervision.read-numbers') ? { year } : undefined,
  )
  if (!may('supervision.read-numbers')) return null
  return (
    <Group title={`${year} 年本范围数字`}>
      <Figures
        items={(query.data?.funnel ?? []).map(({ stage, name, people }) => ({
          label: name,
          value: query.isPending ? <Nothing /> : count(people),
          ...(may('supervision.read-people')
            ? { to: '/numbers/people', search: { year: String(year), stage } }
            : {}),
        }))}
      />
    </Group>
  )
}
