import { Button, Form, Input } from 'antd'
import { toDataURL } from 'qrcode'
import { useState } from 'react'
import { type ApiProblem, problemOf } from '../../ui/api.ts'
import { DeskPage, Group, Notice, Problem } from '../../ui/desk/index.ts'
import { signInCall } from '../../ui/sign-in.ts'
import './people.css'

interface Binding {
  picture: string
  secret: string
  backupCodes: string[]
}

/** Binds a second factor: password, then the picture for the phone, the codes to keep, and a first code as proof. */
export function BindStep({ password, onDone }: { password: string; onDone: () => void }) {
  const [typed, setTyped] = useState(password)
  const [binding, setBinding] = useState<Binding | null>(null)
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [busy, setBusy] = useState(false)
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
  const begin = () =>
    attempt(async () => {
      const { totpURI, backupCodes } = await signInCall<{ totpURI: string; backupCodes: string[] }>(
        '/two-factor/enable',
        { password: typed },
      )
      const secret = new URL(totpURI).searchParams.get('secret') ?? ''
      setBinding({ picture: await toDataURL(totpURI, { width: 220, margin: 1 }), secret, backupCodes })
    })
  const prove = () =>
    attempt(async () => {
      await signInCall('/two-factor/verify-totp', { code: code.trim() })
      onDone()
    })

  return (
    <main className="sign-in">
      <DeskPage title="绑定动态口令" lead="工作人员登录除密码外还要动态口令，防止账号被冒用。只需绑定一次。">
        <Problem problem={problem} />
        {binding ? (
          <>
            <Group title="一、用手机扫码">
              <p>用手机上任一支持动态口令的身份验证器扫描此图。</p>
              <img src={binding.picture} width={220} height={220} alt="动态口令绑定二维码" />
              <p>
                不能扫码的，手工输入密钥：
                <span className="num">{binding.secret.match(/.{1,4}/g)?.join(' ')}</span>
              </p>
            </Group>
            <Group title="二、保存备用口令">
              <Notice tone="waiting">
                手机遗失时用备用口令登录，每个用一次。只在这里显示一次，请抄下并妥善保管。
              </Notice>
              <p className="num">{binding.backupCodes.join('　')}</p>
            </Group>
            <Group title="三、输入手机上显示的 6 位数字">
              <Form layout="vertical" className="form" onFinish={() => void prove()}>
                <Form.Item label="动态口令" htmlFor="code">
                  <Input
                    id="code"
                    inputMode="numeric"
                    autoComplete="one-time-code"
                    maxLength={6}
                    value={code}
                    onChange={(event) => setCode(event.target.value)}
                  />
                </Form.Item>
                <div className="form-foot">
                  <Button type="primary" htmlType="submit" loading={busy} disabled={code.trim().length < 6}>
                    完成绑定并登录
                  </Button>
                </div>
              </Form>
            </Group>
          </>
        ) : (
          <Form layout="vertical" className="form" onFinish={() => void begin()}>
            <Form.Item label="登录密码" htmlFor="password" extra="再次确认是您本人。">
              <Input.Password
                id="password"
                autoComplete="current-password"
                maxLength={128}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            </Form.Item>
            <div className="form-foot">
              <Button type="primary" htmlType="submit" loading={busy} disabled={typed === ''}>
                开始绑定
              </Button>
            </div>
          </Form>
        )}
      </DeskPage>
    </main>
  )
}
