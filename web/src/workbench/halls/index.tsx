import type { WorkbenchModule } from '../../ui/desk/module.ts'
import { page } from '../../ui/page.tsx'

// One block of lines a room.
export const routes: WorkbenchModule['routes'] = [
  page('/halls/sites', () => import('./sites/sites-page.tsx'), 'SitesPage'),
  page('/halls/sites/new', () => import('./sites/new-site-page.tsx'), 'NewSitePage'),
  page('/halls/sites/$id', () => import('./sites/site-page.tsx'), 'SitePage'),
  page('/halls/rooms/$id', () => import('./sites/hall-page.tsx'), 'HallPage'),
  page('/halls/arrangements', () => import('./arrangements/arrangements-page.tsx'), 'ArrangementsPage'),
  page('/halls/arrangements/$id/begin', () => import('./arrangements/begin-page.tsx'), 'BeginPage'),
  page('/halls/arrangements/$id', () => import('./arrangements/arrangement-page.tsx'), 'ArrangementPage'),
  page(
    '/halls/arrangements/$id/halls',
    () => import('./arrangements/choose-halls-page.tsx'),
    'ChooseHallsPage',
  ),
  page('/halls/arrangements/$id/draw', () => import('./arrangements/draw-page.tsx'), 'DrawPage'),
  page('/halls/doors', () => import('./gates/doors-page.tsx'), 'DoorsPage'),
  page('/halls/doors/$sittingId/$hallId', () => import('./gates/door-page.tsx'), 'DoorPage'),
  page('/halls/face-register', () => import('./gates/face-register-page.tsx'), 'FaceRegisterPage'),
  page('/halls/evidence/$id', () => import('./evidence/evidence-list-page.tsx'), 'EvidenceListPage'),
  page('/halls/attempts/$id/evidence', () => import('./evidence/evidence-page.tsx'), 'EvidencePage'),
  page('/halls/families', () => import('./arrangements/families-page.tsx'), 'FamiliesPage'),
  page('/halls/families/new', () => import('./arrangements/new-family-page.tsx'), 'NewFamilyPage'),
  page('/halls/families/$id', () => import('./arrangements/family-page.tsx'), 'FamilyPage'),
  page('/halls/boards', () => import('./board/boards-page.tsx'), 'BoardsPage'),
  page('/halls/boards/several', () => import('./board/several-page.tsx'), 'SeveralPage'),
  page('/halls/boards/$sittingId/$hallId/log', () => import('./board/log-page.tsx'), 'LogPage'),
  page('/halls/boards/$sittingId/$hallId/$part', () => import('./board/board-page.tsx'), 'BoardPage'),
  page('/halls/papers', () => import('./papers/papers-page.tsx'), 'PapersPage'),
  page('/halls/papers/preview/$id', () => import('./papers/preview-page.tsx'), 'PreviewPage'),
  page('/halls/papers/joint-preview/$id', () => import('./papers/preview-page.tsx'), 'JointPreviewPage'),
  page('/halls/papers/$id', () => import('./papers/sitting-papers-page.tsx'), 'SittingPapersPage'),
  page('/halls/archives', () => import('./papers/papers-page.tsx'), 'ArchivesPage'),
  page('/halls/archives/$id', () => import('./archives/archive-page.tsx'), 'ArchivePage'),
  page('/halls/attempts/$id/replay', () => import('./archives/replay-page.tsx'), 'ReplayPage'),
  page('/halls/nodes', () => import('./nodes/nodes-page.tsx'), 'NodesPage'),
  page('/halls/held-here', () => import('./nodes/held-page.tsx'), 'HeldPage'),
  page('/halls/nodes/$id', () => import('./nodes/node-page.tsx'), 'NodePage'),
]

export const menu: WorkbenchModule['menu'] = {
  group: '考场',
  items: [
    { label: '本节点考场', to: '/halls/held-here', permission: 'nodes.open-keys', at: 'node' },
    { label: '考场编排', to: '/halls/arrangements', permission: 'arrangements.read' },
    { label: '入场核验', to: '/halls/doors', permission: 'door.read', at: 'both', startOf: ['invigilator'] },
    { label: '监考', to: '/halls/boards', permission: 'board.read', at: 'both' },
    { label: '试卷与阅卷', to: '/halls/papers', permission: 'papers.read' },
    { label: '档案与回放', to: '/halls/archives', permission: 'archives.read' },
    { label: '统考联考', to: '/halls/families', permission: 'families.read' },
    { label: '考点考场', to: '/halls/sites', permission: 'sites.read' },
    { label: '考点节点', to: '/halls/nodes', permission: 'nodes.read' },
    { label: '人脸信息存储', to: '/halls/face-register', permission: 'faces.count' },
  ],
}

// What the door and the board of a hall lead to.
export const alsoAtNode: NonNullable<WorkbenchModule['alsoAtNode']> = [
  /^\/halls\/evidence\//,
  /^\/halls\/attempts\/[^/]+\/evidence$/,
]
