import type { ErrorComponentProps } from '@tanstack/react-router'
import { Button, Skeleton } from 'antd'
import { ActLink } from '../../ui/desk/act-button.tsx'
import { DeskPage } from '../../ui/desk/page.tsx'
import type { Membership } from './me.ts'

export function NotFoundPage() {
  return (
    <DeskPage title="没有这个页面" lead="网址可能抄错了，或者该功能已移到别处。请从左侧菜单进入。">
      <ActLink to="/" main>
        回待办
      </ActLink>
    </DeskPage>
  )
}

/** A page of the province opened at a hall node, or the other way round. */
export function NotHerePage({ isNode }: { isNode: boolean }) {
  return (
    <DeskPage
      title={isNode ? '考点节点没有这个页面' : '省平台没有这个页面'}
      lead={
        isNode
          ? '考点节点只承办考场：入场核验、监考和本节点考场。其他事项请在省平台办理。'
          : '这个页面在考点节点上。请在考点节点的地址打开。'
      }
    >
      <ActLink to="/" main>
        回首页
      </ActLink>
    </DeskPage>
  )
}

export function NoPermissionPage({ acting }: { acting: Membership }) {
  return (
    <DeskPage
      title="没有权限"
      lead={`您当前以“${acting.organisationName} · ${acting.roleTitle}”的身份工作，该身份不能查看此页。如有其他身份，请在右上角切换；如确需权限，请联系本单位管理员。`}
    >
      <ActLink to="/" main>
        回待办
      </ActLink>
    </DeskPage>
  )
}

export function ErrorPage({ error }: ErrorComponentProps) {
  const notLoaded = /import|module|fetch/i.test(String(error))
  return (
    <DeskPage
      title={notLoaded ? '页面没有加载完整' : '页面出现错误'}
      lead={
        notLoaded
          ? '网络可能不稳定，或者系统刚刚更新。请刷新本页，未提交的草稿都在。'
          : '这是系统的问题，不是您操作有误，已提交的内容不受影响。请刷新本页；如仍不成，请把网址告诉系统管理员。'
      }
    >
      <Button type="primary" onClick={() => location.reload()}>
        刷新本页
      </Button>
    </DeskPage>
  )
}

export function LoadingPage() {
  return (
    <div className="desk-page" role="status" aria-label="正在读取">
      <Skeleton active title paragraph={{ rows: 6 }} />
    </div>
  )
}
