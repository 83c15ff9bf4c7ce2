import type { WorkbenchModule } from '../../ui/desk/module.ts'
import { page } from '../../ui/page.tsx'

export const routes: WorkbenchModule['routes'] = [
  page('/sign-in', () => import('./sign-in-page.tsx'), 'SignInPage', { bare: true }),
  page('/invitation', () => import('./invitation-page.tsx'), 'InvitationPage', { bare: true }),
  page('/people/persons', () => import('./persons-page.tsx'), 'PersonsPage'),
  page('/people/persons/$id', () => import('./person-page.tsx'), 'PersonPage'),
  page('/people/staff', () => import('./staff-page.tsx'), 'StaffPage'),
  page('/people/organisations', () => import('./organisations-page.tsx'), 'OrganisationsPage'),
  page('/people/organisations/new', () => import('./new-organisation-page.tsx'), 'NewOrganisationPage'),
  page('/people/organisations/$id', () => import('./organisation-page.tsx'), 'OrganisationPage'),
  page('/people/my-organisation', () => import('./my-organisation-page.tsx'), 'MyOrganisationPage'),
  page('/people/audit', () => import('./audit-page.tsx'), 'AuditPage'),
]
export const menu: WorkbenchModule['menu'] = {
  group: '人员与单位',
  items: [
    { label: '人员', to: '/people/persons', permission: 'people.read-persons' },
    { label: '工作人员', to: '/people/staff', permission: 'people.manage-staff' },
    { label: '单位', to: '/people/organisations', permission: 'people.read-organisations' },
    { label: '本单位资料', to: '/people/my-organisation', permission: 'people.change-organisation' },
    { label: '操作日志', to: '/people/audit', permission: 'people.read-audit' },
  ],
}
