import { Link } from '@tanstack/react-router'
import { useContext } from 'react'
import { usePageHeading } from '../../ui/page.tsx'
import { Section, SiteName } from '../../ui/plain/page.tsx'
import { REHEARSAL } from '../halls/rehearsal-link.tsx'

const DOORS = [
  { to: '/classes', name: '我要报名', says: '找正在招生的培训班，看时间、地点和收费' },
  { to: '/eligibility', name: '我能申报吗', says: '答几个问题，知道现在能不能申报、还差什么' },
  { to: '/verify', name: '查证书', says: '用证书编号和姓名，或扫证书上的二维码' },
  { to: '/mine', name: '我的', says: '我的报名、学时、申报、成绩和证书' },
] as const

const WAYS = [
  { to: '/catalogues', name: '目录清单', says: '职业、培训机构和评价机构，只有目录内的才算数' },
  { to: '/classes', name: '招生公告', says: '各机构公开发布的培训公告' },
  { to: '/fees', name: '收费与补贴标准', says: '报名前先看收费；补贴按公布的标准' },
  { to: '/draws', name: '考位抽签公示', says: '考位怎样随机排定，谁都可以核验' },
  { to: '/clauses', name: '政策条款', says: '每一条怎样落实、在哪里办' },
] as const

const MISCONDUCT =
  '目录外的机构办班、虚假广告、“培训贷”、“包过”“包就业”承诺、跨省联合办班，都是政策明令禁止的。请保留合同、收据和聊天记录，向机构所在市州的人力资源和社会保障局反映。'

export function HomePage() {
  const heading = usePageHeading('', `${useContext(SiteName)} · 数字技术人才服务`)
  return (
    <div className="column column-wide page">
      <div className="home-head">
        <h1 ref={heading} tabIndex={-1}>
          数字技术人才服务
        </h1>
        <p>学习数字技术、参加考核、取得证书、享受政策，都从这里办。查询不用登录。</p>
      </div>
      <nav aria-label="办事入口">
        <ul className="doors">
          {DOORS.map((door) => (
            <li key={door.to}>
              <Link className="door" to={door.to}>
                <strong>{door.name}</strong>
                <span>{door.says}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Section title="查一查">
        <ul className="ways">
          {WAYS.map((way) => (
            <li key={way.name}>
              <Link className="way" to={way.to}>
                <strong>{way.name}</strong>
                <span>{way.says}</span>
              </Link>
            </li>
          ))}
          <li>
            <a className="way" href={REHEARSAL}>
              <strong>机考演练</strong>
              <span>考前试一试答题，检查摄像头和网络；不用登录，不保存内容</span>
            </a>
          </li>
        </ul>
      </Section>
      <Section title="遇到违规怎么办">
        <p>{MISCONDUCT}</p>
      </Section>
    </div>
  )
}
