const PLACES: Record<string, string> = { HB: '鄂', AH: '皖', GJ: '国' }
const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九']

/** 1 → 一， 12 → 十二， 25 → 二十五. */
export function chineseNumber(number: number): string {
  if (!Number.isInteger(number) || number < 1 || number > 99) return String(number)
  const tens = Math.floor(number / 10)
  return `${tens > 1 ? DIGITS[tens] : ''}${tens > 0 ? '十' : ''}${DIGITS[number % 10]}`
}

// National texts: the standards of the occupations, the implementing measures (人社部发〔2021〕71号), the Civil Code.
const NATIONAL: readonly (readonly [RegExp, string])[] = [
  [/^STD-([\d.]+)$/, '国标·$1'],
  [/^CIVIL-(\d+)$/, '民法典·第 $1 条'],
  [/^M71-.*$/, '国家实施办法'],
  [/^FACE-CONSENT$/, '人脸识别管理办法·单独同意'],
  [/^FACE-OTHER-WAY$/, '人脸识别管理办法·其他方式'],
  [/^FACE-KEEP$/, '人脸识别管理办法·保存期限'],
  [/^FACE-REGISTER$/, '人脸识别管理办法·数量备案'],
  [/^HALL-RULES$/, '考务数字（待核实）'],
]

/** HB-4.1 → 鄂·四（一）; AH-5 → 皖·五. An id of another form shows as it is. */
export function clauseLabel(id: string): string {
  const match = id.match(/^([A-Z]{2})-(\d{1,2})(?:\.(\d{1,2}))?$/)
  const place = PLACES[match?.[1] ?? '']
  if (!match || !place) {
    const national = NATIONAL.find(([form]) => form.test(id))
    return national ? id.replace(...national) : id
  }
  const item = match[3] ? `（${chineseNumber(Number(match[3]))}）` : ''
  return `${place}·${chineseNumber(Number(match[2]))}${item}`
}
