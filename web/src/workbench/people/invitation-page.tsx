import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { type ApiProblem, problemOf } from '../../ui/api.ts'
import { ActLink, DeskPage, Notice, Problem, useAddressSearch } from '../../ui/desk/index.ts'
import { signInCall } from '../../ui/sign-in.ts'
import './people.css'

interface Values {
  password: string
  again: string
}

/** Where an invitation leads: the invited sets a password, once. */
export function InvitationPage() {
  const { token } = useAddressSearch()
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState(false)
  const submit = async ({ password }: Values) => {
    setProblem(null)
    setBusy(true)
    try {
      await signInCall('/reset-password', { token, newPassword: password })
      setDone(true)
    } catch (failure) {
      setProblem(problemOf(failure))
    } finally {
      setBusy(false)
    }
  }
  return (
    <main className="sign-in">
      <DeskPage
        title="设置登录密码"
        lead="本单位管理员邀请您使用数匠工作台。设好密码后登录，并绑定动态口令。"
      >
        <Problem problem={problem} />
        {done ? (
          <>
            <Notice tone="done">密码已设好，此链接不再有效。</Notice>
            <ActLink to="/sign-in" main>
              去登录
            </ActLink>
          </>
        ) : (
          <Form<Values> layout="vertical" className="form" onFinish={(values) => void submit(values)}>
            <Form.Item
              name="password"
              label="新密码"
              extra="至少 12 位。一句您记得住、别人猜不到的话即可。"
              rules={[
                { required: true, message: '请填写新密码' },
                { min: 12, message: '密码至少 12 位' },
              ]}
            >
              <Input.Password autoComplete="new-password" maxLength={128} />
            </Form.Item>
            <Form.Item
              name="again"
              label="再输一次"
              dependencies={['password']}
              rules={[
                { required: true, message: '请再输一次新密码' },
                ({ getFieldValue }) => ({
                  validator: (_, value) =>
                    !value || value === getFieldValue('password')
                      ? Promise.resolve()
                      : Promise.reject(new Error('两次输入的密码不一致')),
                }),
              ]}
            >
              <Input.Password autoComplete="new-password" maxLength={128} />
            </Form.Item>
            <div className="form-foot">
              <Button type="primary" htmlType="submit" loading={busy} disabled={!token}>
                设置密码
              </Button>
            </div>
          </Form>
        )}
      </DeskPage>
    </main>
  )
}
