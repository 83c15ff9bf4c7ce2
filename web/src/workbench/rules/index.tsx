import type { WorkbenchModule } from '../../ui/desk/module.ts'
import { page } from '../../ui/page.tsx'

export const routes: WorkbenchModule['routes'] = [
  page('/rules/texts', () => import('./rules-page.tsx'), 'RulesPage'),
  page('/rules/texts/$place/$rule', () => import('./rule-page.tsx'), 'RulePage'),
  page('/rules/figures', () => import('./figures-page.tsx'), 'FiguresPage'),
  page('/rules/revisions', () => import('./revisions-page.tsx'), 'RevisionsPage'),
  page('/rules/revisions/$id', () => import('./revision-page.tsx'), 'RevisionPage'),
  page('/rules/revisions/$id/edit', () => import('./editor-page.tsx'), 'EditorPage'),
  page('/rules/revisions/$id/affected', () => import('./affected-page.tsx'), 'AffectedPage'),
]
export const menu: WorkbenchModule['menu'] = {
  group: '规则',
  items: [
    { label: '规则', to: '/rules/texts', permission: 'rule.read' },
    { label: '规则修订', to: '/rules/revisions', permission: 'rule.read' },
    { label: '省级参数', to: '/rules/figures', permission: 'rule.read' },
  ],
}
