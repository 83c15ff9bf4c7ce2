import type { ErrorComponentProps } from '@tanstack/react-router'
import { Button, ButtonLink, ButtonRow } from '../../ui/plain/button.tsx'
import { Page } from '../../ui/plain/page.tsx'

export function NotFoundPage() {
  return (
    <Page title="没有这个页面" lead="网址可能抄错了，或者内容已经撤下。请核对网址，或从首页重新进入。">
      <ButtonRow>
        <ButtonLink to="/" weight="main">
          回首页
        </ButtonLink>
        <ButtonLink to="/verify">查证书</ButtonLink>
      </ButtonRow>
    </Page>
  )
}

/** A part that could not be fetched is the network's doing; anything else is ours. */
const isLoadFailure = (error: unknown) => /import|module|fetch/i.test(String(error))

export function ErrorPage({ error }: ErrorComponentProps) {
  return (
    <Page
      title={isLoadFailure(error) ? '页面没有加载完整' : '页面出现错误'}
      lead={
        isLoadFailure(error)
          ? '网络可能不稳定，或者网站刚刚更新。请刷新本页。'
          : '这是网站的问题，不是您操作有误，已提交的内容不受影响。请刷新本页；如仍不成，请把网址告诉管理员。'
      }
    >
      <ButtonRow>
        <Button weight="main" onPress={() => location.reload()}>
          刷新本页
        </Button>
        <ButtonLink to="/">回首页</ButtonLink>
      </ButtonRow>
    </Page>
  )
}
