import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type OutputOf, type PortalApi, problemOf } from '../../ui/api.ts'
import {
  ButtonLink,
  ButtonRow,
  Card,
  DueText,
  Facts,
  Instant,
  Loaded,
  Masked,
  Notice,
  Page,
  PlainButton,
  Section,
} from '../../ui/plain/index.ts'
import { signInCall } from '../../ui/sign-in.ts'
import { useApiQuery } from '../api.ts'
import { mine } from '../mine.ts'

/** 我的: who I am here, what I have to do, and the way to everything of mine. */
export function MinePage() {
  const me = useApiQuery('people.me')
  const person = me.data?.person
  return (
    <Page title={person ? `${person.name}，您好` : '我的'}>
      <Loaded query={me}>
        {(known) => (
          <>
            {known.person ? <MyDuties /> : <NotRegistered />}
            <nav aria-label="我的业务">
              <ul className="ways">
                {mine.map((one) => (
                  <li key={one.to}>
                    <Link className="way" to={one.to}>
                      <strong>{one.name}</strong>
                      <span>{one.says}</span>
                    </Link>
                  </li>
                ))}
              </ul>
            </nav>
            {known.person ? <Registered person={known.person} /> : null}
            <SignOut />
          </>
        )}
      </Loaded>
    </Page>
  )
}

function NotRegistered() {
  return (
    <Notice tone="waiting" title="您还没有实名登记">
      <p>报名、申报和领取证书前需要登记姓名和证件号码，一人只登记一次。</p>
      <ButtonRow>
        <ButtonLink to="/mine/register" weight="main">
          去登记
        </ButtonLink>
      </ButtonRow>
    </Notice>
  )
}

function Registered({ person }: { person: NonNullable<OutputOf<PortalApi, 'people.me'>['person']> }) {
  return (
    <Section title="登记信息">
      <Facts
        rows={[
          ['姓名', person.name],
          ['证件', person.documentType],
          ['证件号码', <Masked key="id" number={person.maskedIdNumber} />],
          ['手机', <Masked key="phone" number={person.phoneMasked} />],
          ['所在市州', person.city ?? '未填写'],
          ['实名核验', person.verifiedBy ?? '尚未核验'],
          ['核验时间', <Instant key="at" at={person.verifiedAt} />],
        ]}
      />
    </Section>
  )
}

function MyDuties() {
  const duties = useApiQuery('duties.mine')
  const rows = duties.data?.rows ?? []
  if (rows.length === 0) return null
  return (
    <Section title="等您办理">
      {rows.map((duty) => (
        <Card key={duty.id} to={duty.link} title={duty.title}>
          <p>
            {duty.dueOn ? (
              <DueText on={duty.dueOn} left={duty.daysLeft} unit={duty.unit} provisional={duty.provisional} />
            ) : (
              '没有规定期限'
            )}
          </p>
        </Card>
      ))}
    </Section>
  )
}

function SignOut() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const leave = async () => {
    try {
      await signInCall('/sign-out')
    } catch (failure) {
      if (problemOf(failure).kind === 'network') return
    }
    queries.clear()
    await navigate({ to: '/' })
  }
  return (
    <ButtonRow>
      <PlainButton onPress={() => void leave()}>退出登录</PlainButton>
    </ButtonRow>
  )
}
