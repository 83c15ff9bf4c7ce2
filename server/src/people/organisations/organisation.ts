import type { OrganisationKind, Role } from '../../platform/api.ts'

export const ORGANISATION_KINDS: Record<OrganisationKind, string> = {
  training_institution: '培训机构',
  evaluation_institution: '评价机构',
  city_bureau: '市州人社局',
  provincial_department: '省人社厅',
  national_office: '国家办公室',
  operator: '平台运营单位',
}

/** Which roles an organisation of a kind can give; the first may manage the organisation's own staff. */
export const ROLES_OF_KIND: Record<OrganisationKind, readonly [Role, ...Role[]]> = {
  training_institution: ['training_manager', 'teacher'],
  evaluation_institution: ['evaluation_manager', 'examiner', 'invigilator'],
  city_bureau: ['city_officer'],
  provincial_department: ['provincial_officer', 'auditor'],
  national_office: ['national_officer', 'auditor'],
  operator: ['administrator', 'auditor'],
}

export const STAFF_ROLES = [
  'training_manager',
  'teacher',
  'evaluation_manager',
  'examiner',
  'invigilator',
  'city_officer',
  'provincial_officer',
  'national_officer',
  'auditor',
  'administrator',
] as const satisfies readonly Role[]
export type StaffRole = (typeof STAFF_ROLES)[number]

export interface Organisation {
  id: string
  kind: OrganisationKind
  name: string
  creditCode: string | null
  provinceCode: string
  cityCode: string | null
  address: string | null
  contactName: string | null
  contactPhone: string | null
}

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** Check character of a unified social credit code (GB 32100): weights are powers of 3 modulo 31. */
export function creditCheckCharacter(first17: string): string {
  let sum = 0
  let weight = 1
  for (const character of first17.slice(0, 17)) {
    sum += ALPHABET.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return ALPHABET[(31 - (sum % 31)) % 31] ?? ''
}

export function isCreditCode(code: string): boolean {
  return /^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code) && creditCheckCharacter(code) === code[17]
}
