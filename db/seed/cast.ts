import type { OrganisationKind, Role } from '../../server/src/platform/api.ts'

/**
 * The cast of the town 演示数据: the same named people in the demo, the chain, the browser tests and the screenshots.
 * Everybody and every organisation here is made up; ID numbers have valid check digits and belong to nobody
 * (the sequence part is 900 and above). Refused when NODE_ENV=production.
 */
export const DEMO_PASSWORD = 'Shujiang-demo-2026'

export interface CastOrganisation {
  key: string
  name: string
  kind: OrganisationKind
  creditCode: string
  provinceCode: string
  cityCode: string | null
}

/** A unified social credit code with a valid check character (GB 32100). */
function creditCode(body17: string): string {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  const sum = [...body17].reduce(
    (total, char, index) => total + alphabet.indexOf(char) * (3 ** index % 31),
    0,
  )
  return body17 + alphabet[(31 - (sum % 31)) % 31]
}

/** An 18-digit ID number with a valid check digit (GB 11643). */
export function idNumber(body17: string): string {
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(body17[index]), 0)
  return body17 + '10X98765432'[sum % 11]
}

function organisation(
  key: string,
  name: string,
  kind: OrganisationKind,
  provinceCode: string,
  cityCode: string | null,
  serial: number,
): CastOrganisation {
  const region = cityCode ?? provinceCode
  const code = creditCode(`92${region}DEM${String(serial).padStart(6, '0')}`)
  return { key, name: `${name}（演示）`, kind, creditCode: code, provinceCode, cityCode }
}

export const ORGANISATIONS: CastOrganisation[] = [
  organisation('hubei', '湖北省人力资源和社会保障厅', 'provincial_department', '420000', null, 1),
  organisation('wuhan', '武汉市人力资源和社会保障局', 'city_bureau', '420000', '420100', 2),
  organisation('yichang', '宜昌市人力资源和社会保障局', 'city_bureau', '420000', '420500', 3),
  organisation('jiangcheng', '江城数字学院', 'training_institution', '420000', '420100', 4),
  organisation('chuyun', '楚云职业培训中心', 'training_institution', '420000', '420500', 5),
  organisation('huazhong', '华中数字技术评价中心', 'evaluation_institution', '420000', '420100', 6),
  organisation('sanxia', '三峡数字技能评价院', 'evaluation_institution', '420000', '420500', 7),
  organisation('national', '国家知识更新工程办公室', 'national_office', '110000', null, 8),
  organisation('operator', '数匠平台运维中心', 'operator', '420000', '420100', 9),
  organisation('anhui', '安徽省人力资源和社会保障厅', 'provincial_department', '340000', null, 10),
  organisation('hefei', '合肥市人力资源和社会保障局', 'city_bureau', '340000', '340100', 11),
  organisation('luzhou', '庐州数字培训学校', 'training_institution', '340000', '340100', 12),
  organisation('jianghuai', '江淮数字技能评价中心', 'evaluation_institution', '340000', '340100', 13),
]

export interface CastStaff {
  key: string
  name: string
  email: string
  /** Base32 secret of the demo second factor. */
  totpSecret: string
  /** Roles with the organisation's key; the first is the one the account opens with. */
  roles: { role: Role; organisation: string }[]
}

function staff(key: string, name: string, ...roles: [Role, string][]): CastStaff {
  const letters = [...key.toUpperCase().replace(/[^A-Z]/g, '')].join('')
  return {
    key,
    name,
    email: `${key}@demo.shujiang.invalid`,
    totpSecret: `${letters}DEMODEMODEMODEMODEMODEMODEMODEMO`.slice(0, 32),
    roles: roles.map(([role, organisationKey]) => ({ role, organisation: organisationKey })),
  }
}

export const STAFF: CastStaff[] = [
  staff('lin-qiao', '林乔', ['training_manager', 'jiangcheng']),
  staff('he-jing', '何靖', ['training_manager', 'jiangcheng'], ['teacher', 'jiangcheng']),
  staff('zhou-ming', '周明', ['teacher', 'jiangcheng']),
  staff('qin-yue', '秦月', ['training_manager', 'chuyun']),
  staff('gu-an', '顾安', ['teacher', 'chuyun']),
  staff('xu-heng', '许衡', ['evaluation_manager', 'huazhong']),
  staff('song-lan', '宋岚', ['evaluation_manager', 'huazhong']),
  staff('tang-yi', '唐毅', ['examiner', 'huazhong']),
  staff('lu-fang', '陆芳', ['examiner', 'huazhong']),
  staff('bai-ping', '白平', ['examiner', 'huazhong'], ['invigilator', 'huazhong']),
  staff('zhong-yan', '钟岩', ['invigilator', 'huazhong']),
  staff('ding-shan', '丁珊', ['invigilator', 'huazhong']),
  staff('ge-wei', '葛巍', ['invigilator', 'huazhong']),
  staff('meng-ze', '孟泽', ['evaluation_manager', 'sanxia']),
  staff('wu-tong', '吴桐', ['city_officer', 'wuhan']),
  staff('deng-hui', '邓慧', ['city_officer', 'yichang']),
  staff('fang-zheng', '方正', ['provincial_officer', 'hubei']),
  staff('jiang-shu', '江舒', ['provincial_officer', 'hubei']),
  staff('luo-cheng', '罗城', ['national_officer', 'national']),
  staff('shen-jian', '沈鉴', ['auditor', 'operator']),
  staff('guan-li', '管理', ['administrator', 'operator']),
  staff('pan-wan', '潘皖', ['provincial_officer', 'anhui']),
  staff('wang-hui', '汪徽', ['provincial_officer', 'anhui']),
  staff('cheng-he', '程禾', ['city_officer', 'hefei']),
  staff('yao-lu', '姚庐', ['training_manager', 'luzhou']),
  staff('fu-huai', '傅淮', ['evaluation_manager', 'jianghuai']),
]

export interface CastLearner {
  name: string
  phone: string
  idNumber: string
  cityCode: string
}

const GIVEN = [
  '一帆',
  '子墨',
  '雨桐',
  '浩然',
  '思源',
  '佳宁',
  '明轩',
  '若溪',
  '俊杰',
  '晓彤',
  '文博',
  '静怡',
  '志远',
  '欣然',
  '天佑',
  '梓萱',
  '立新',
  '慧敏',
  '国栋',
  '春燕',
  '建业',
  '秋实',
  '海燕',
  '宏伟',
]
const FAMILY = ['陈', '李', '王', '张', '刘', '黄', '周', '吴', '徐', '孙', '胡', '朱']

/** The `n`th learner of the cast: name, phone and ID number follow from `n`, so that a thousand can be made. */
export function learner(n: number): CastLearner {
  const cities = ['420100', '420500', '420600', '421000']
  const cityCode = cities[n % cities.length] as string
  const year = 1975 + (n % 28)
  const month = String((n % 12) + 1).padStart(2, '0')
  const dayOfMonth = String((n % 28) + 1).padStart(2, '0')
  const sequence = String(900 + (n % 100)).padStart(3, '0')
  // The district part varies, so that a thousand learners never share a number.
  const district = String(1 + (Math.floor(n / 100) % 90)).padStart(2, '0')
  const given = GIVEN[n % GIVEN.length] as string
  const family = FAMILY[(n * 5 + Math.floor(n / GIVEN.length)) % FAMILY.length] as string
  return {
    name: family + given,
    phone: `199${String(10_000_000 + n).padStart(8, '0')}`,
    idNumber: idNumber(`${cityCode.slice(0, 4)}${district}${year}${month}${dayOfMonth}${sequence}`),
    cityCode,
  }
}
