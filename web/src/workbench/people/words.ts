export const STAFF_ROLES = [
  { value: 'training_manager', label: '培训机构管理员' },
  { value: 'teacher', label: '培训机构教师' },
  { value: 'evaluation_manager', label: '评价机构管理员' },
  { value: 'examiner', label: '考评员' },
  { value: 'invigilator', label: '监考员' },
  { value: 'city_officer', label: '市州人社局' },
  { value: 'provincial_officer', label: '省人社厅' },
  { value: 'national_officer', label: '国家办公室' },
  { value: 'auditor', label: '审计员' },
  { value: 'administrator', label: '系统管理员' },
] as const

export const ORGANISATION_KINDS = [
  { value: 'training_institution', label: '培训机构' },
  { value: 'evaluation_institution', label: '评价机构' },
  { value: 'city_bureau', label: '市州人社局' },
  { value: 'provincial_department', label: '省人社厅' },
  { value: 'national_office', label: '国家办公室' },
  { value: 'operator', label: '平台运营单位' },
] as const
