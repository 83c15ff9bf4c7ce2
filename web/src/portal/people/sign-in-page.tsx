import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useEffect, useState } from 'react'
import { type ApiProblem, problemOf } from '../../ui/api.ts'
import {
  Button,
  ButtonRow,
  Notice,
  Page,
  PlainButton,
  Problem,
  Section,
  TextField,
  useAddressSearch,
} from '../../ui/plain/index.ts'
import { safeNext, signInCall, splitNext } from '../../ui/sign-in.ts'
import { read, useApiQuery } from '../api.ts'

const WAIT_SECONDS = 60

/** One question a screen: the phone number, then the code. */
export function SignInPage() {
  const [phone, setPhone] = useState('')
  const [sent, setSent] = useState(false)
  return sent ? (
    <CodeStep phone={phone} onBack={() => setSent(false)} />
  ) : (
    <PhoneStep phone={phone} onPhone={setPhone} onSent={() => setSent(true)} />
  )
}

function PhoneStep(props: { phone: string; onPhone: (phone: string) => void; onSent: () => void }) {
  const options = useApiQuery('people.sign-in-options')
  const [error, setError] = useState<string>()
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setProblem(null)
    if (!/^1[3-9]\d{9}$/.test(props.phone)) return setError('请填写 11 位手机号码')
    setError(undefined)
    setBusy(true)
    try {
      await signInCall('/phone-number/send-otp', { phoneNumber: props.phone })
      props.onSent()
    } catch (failure) {
      setProblem(problemOf(failure))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Page
      title="您的手机号是多少？"
      lead="登录和注册都用手机号。没有账号的，验证后自动建立。"
      back={{ to: '/', label: '首页' }}
    >
      {options.data?.demo ? (
        <Notice tone="waiting">演示环境：不发短信，验证码会显示在下一页。手机号可随意填写。</Notice>
      ) : null}
      <Problem problem={problem} />
      <form onSubmit={(event) => void submit(event)} noValidate>
        <TextField
          name="phone"
          label="手机号"
          kind="tel"
          inputMode="tel"
          autoComplete="tel-national"
          maxLength={11}
          help="只用于登录和通知，不向机构公开完整号码。"
          value={props.phone}
          onChange={(text) => props.onPhone(text.replaceAll(/\D/g, ''))}
          {...(error ? { error } : {})}
        />
        <ButtonRow>
          <Button submit weight="main" busy={busy}>
            获取验证码
          </Button>
        </ButtonRow>
      </form>
      <Section title="您是工作人员？">
        <p>
          培训机构、评价机构和管理部门的工作人员请从<a href="/workbench">工作台</a>登录。
        </p>
      </Section>
    </Page>
  )
}

function CodeStep({ phone, onBack }: { phone: string; onBack: () => void }) {
  const { next } = useAddressSearch()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const options = useApiQuery('people.sign-in-options')
  const demo = useDemoCode(phone, options.data?.demo ?? false)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const wait = useCountdown(WAIT_SECONDS)

  const attempt = async (work: () => Promise<void>) => {
    setProblem(null)
    setBusy(true)
    try {
      await work()
    } catch (failure) {
      setProblem(problemOf(failure))
    } finally {
      setBusy(false)
    }
  }
  const signIn = () =>
    attempt(async () => {
      await signInCall('/phone-number/verify', { phoneNumber: phone, code })
      queries.clear()
      const me = await read('people.me')
      const goal = safeNext(next, '/mine')
      await navigate(
        me.person ? (splitNext(goal) as never) : { to: '/mine/register', search: { next: goal } as never },
      )
    })
  const again = () =>
    attempt(async () => {
      await signInCall('/phone-number/send-otp', { phoneNumber: phone })
      wait.restart()
      demo.refresh()
    })

  return (
    <Page
      title="请输入短信验证码"
      lead={`已发送到 ${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}，5 分钟内有效。`}
    >
      {demo.code ? (
        <Notice tone="waiting">
          演示：验证码 <strong className="num">{demo.code}</strong>{' '}
          <PlainButton onPress={() => setCode(demo.code ?? '')}>填入</PlainButton>
        </Notice>
      ) : null}
      <Problem problem={problem} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void signIn()
        }}
      >
        <TextField
          name="code"
          label="6 位验证码"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          onChange={(text) => setCode(text.replaceAll(/\D/g, ''))}
        />
        <ButtonRow>
          <Button
            submit
            weight="main"
            busy={busy}
            {...(code.length === 6 ? {} : { because: '请填满 6 位数字' })}
          >
            登录
          </Button>
          <Button
            onPress={() => void again()}
            {...(wait.left > 0 ? { because: `${wait.left} 秒后可重新获取` } : {})}
          >
            重新获取
          </Button>
        </ButtonRow>
      </form>
      <PlainButton onPress={onBack}>换一个手机号</PlainButton>
    </Page>
  )
}

function useDemoCode(phone: string, demo: boolean): { code: string | null; refresh: () => void } {
  const [code, setCode] = useState<string | null>(null)
  const [round, setRound] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again
  useEffect(() => {
    if (!demo) return
    let stale = false
    read('people.demo-code', { phone }).then(
      (answer) => !stale && setCode(answer.code),
      () => {},
    )
    return () => {
      stale = true
    }
  }, [phone, demo, round])
  return { code, refresh: () => setRound((one) => one + 1) }
}

function useCountdown(seconds: number): { left: number; restart: () => void } {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    if (left <= 0) return
    const timer = setTimeout(() => setLeft(left - 1), 1000)
    return () => clearTimeout(timer)
  }, [left])
  return { left, restart: () => setLeft(seconds) }
}
