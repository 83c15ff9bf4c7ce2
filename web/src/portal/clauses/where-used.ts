interface Place {
  title: string
  /** The portal's page where the public uses it. */
  to?: string
}

// The register names what carries a clause out by our folders (`training/enrol`); the public reads the trade's words.
const PLACES: Record<string, Place> = {
  people: { title: '人员与权限' },
  'people/permissions': { title: '身份与权限' },
  institutions: { title: '机构与目录', to: '/catalogues' },
  'institutions/catalogues': { title: '目录清单', to: '/catalogues' },
  'institutions/filings': { title: '培训计划备案' },
  'institutions/fees': { title: '收费公示', to: '/fees' },
  training: { title: '培训', to: '/classes' },
  'training/announcements': { title: '招生公告', to: '/classes' },
  'training/enrol': { title: '报名', to: '/classes' },
  'training/attendance': { title: '学时与考勤', to: '/mine' },
  'training/register': { title: '实名制登记' },
  exams: { title: '申报与考核', to: '/eligibility' },
  certificates: { title: '证书', to: '/verify' },
  benefits: { title: '政策保障', to: '/mine/benefits' },
  'benefits/hours': { title: '继续教育学时', to: '/mine/benefits' },
  'benefits/titles': { title: '职称贯通', to: '/mine/benefits' },
  supervision: { title: '监督管理' },
  'supervision/target': { title: '年度目标与完成数' },
  'supervision/inspections': { title: '检查与巡考' },
  portal: { title: '本网站', to: '/' },
}

/** `training/enrol` → 报名, with the page to go to; a Chinese name passes as it is. */
export function whereUsed(where: string): Place {
  if (/[\u3400-\u9fff]/.test(where)) return { title: where }
  return PLACES[where] ?? PLACES[where.split('/')[0] ?? ''] ?? { title: '业务流程' }
}
