// How a clause is written in a Chinese sentence: 鄂·六（二） for HB-6.2, 皖·四 for AH-4. Ids stay in the data.
const PLACES: Readonly<Record<string, string>> = { HB: '鄂', AH: '皖' }
const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']
const NATIONAL: readonly (readonly [RegExp, string])[] = [
  [/^STD-([\d.]+)$/, '国标·$1'],
  [/^CIVIL-(\d+)$/, '民法典·第$1条'],
  [/^M71-.*$/, '国家实施办法'],
  [/^FACE-CONSENT$/, '人脸识别管理办法·单独同意'],
  [/^FACE-OTHER-WAY$/, '人脸识别管理办法·其他方式'],
  [/^FACE-KEEP$/, '人脸识别管理办法·保存期限'],
  [/^FACE-REGISTER$/, '人脸识别管理办法·数量备案'],
  [/^HALL-RULES$/, '考务数字（待核实）'],
  [/^SKILL-(20\d\d)$/, '技术规程·$1年版'],
  [/^SKILL-EDITION$/, '技术规程'],
  [/^SKILL-8$/, '新八级工意见'],
]

function chineseNumber(n: number): string {
  const tens = Math.floor(n / 10)
  return `${tens > 1 ? DIGITS[tens] : ''}${tens > 0 ? '十' : ''}${DIGITS[n % 10]}`
}

/** An id of a form nobody has named shows as it is. */
export function clauseLabel(id: string): string {
  const match = /^([A-Z]{2})-(\d{1,2})(?:\.(\d{1,2}))?$/.exec(id)
  const place = PLACES[match?.[1] ?? '']
  if (!match || !place) {
    const national = NATIONAL.find(([form]) => form.test(id))
    return national ? id.replace(...national) : id
  }
  const item = match[3] === undefined ? '' : `（${chineseNumber(Number(match[3]))}）`
  return `${place}·${chineseNumber(Number(match[2]))}${item}`
}
