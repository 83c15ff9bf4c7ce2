import {
  Button,
  ButtonRow,
  Card,
  Facts,
  Instant,
  Loaded,
  Page,
  Section,
  StateTag,
} from '../../ui/plain/index.ts'
import { saveFile, useApiQuery, useCommand } from '../api.ts'

/** 授权与隐私: what was agreed to, in which wording; taking it back; one's own data as a file. */
export function ConsentsPage() {
  const query = useApiQuery('people.my-consents')
  const give = useCommand('people.give-consent')
  const withdraw = useCommand('people.withdraw-consent')
  return (
    <Page
      title="授权与隐私"
      lead="办理业务需要处理您的个人信息。可以不同意的，撤回后不影响报名、考核和证书。"
      back={{ to: '/mine', label: '我的' }}
    >
      <Loaded query={query}>
        {({ purposes, history }) => (
          <>
            {purposes.map((one) => (
              <Card
                key={one.purpose}
                title={one.title}
                mark={
                  one.givenAt ? (
                    <StateTag tone="done">已同意</StateTag>
                  ) : (
                    <StateTag tone="idle">未同意</StateTag>
                  )
                }
              >
                <p>{one.text}</p>
                {one.givenAt ? (
                  <p>
                    同意于 <Instant at={one.givenAt} />
                  </p>
                ) : null}
                <ButtonRow>
                  {one.givenAt ? (
                    <Button
                      busy={withdraw.running}
                      onPress={() => void withdraw.run({ purpose: one.purpose })}
                      {...(one.needed ? { because: '办理业务所必需，不能单独撤回。' } : {})}
                    >
                      撤回同意
                    </Button>
                  ) : (
                    <Button busy={give.running} onPress={() => void give.run({ purpose: one.purpose })}>
                      同意
                    </Button>
                  )}
                </ButtonRow>
              </Card>
            ))}
            {history.length > 0 ? (
              <Section title="记录">
                <Facts
                  rows={history.map(
                    (one) =>
                      [
                        one.title,
                        <span key={one.givenAt}>
                          <Instant at={one.givenAt} /> 同意（{one.textVersion} 版）
                          {one.withdrawnAt ? (
                            <>
                              ，<Instant at={one.withdrawnAt} /> 撤回
                            </>
                          ) : null}
                        </span>,
                      ] as const,
                  )}
                />
              </Section>
            ) : null}
            <Section title="导出我的数据">
              <p>下载平台保存的您的全部个人信息，以及谁在什么时候因什么用途查看过。</p>
              <ButtonRow>
                <Button onPress={() => void saveFile('people.export-my-data')}>下载我的数据</Button>
              </ButtonRow>
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}
