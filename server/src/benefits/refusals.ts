import { defineRefusals } from '../platform/result.ts'

export const no = defineRefusals({
  HOURS_NONE_IN_YEAR: {
    clause: 'HB-5.1',
    say: ({ year }: { year: number }) =>
      `${year} 年度没有计入的继续教育学时,不能开具证明(鄂·五(一))。取得培训合格证书后,学时自动计入颁证当年。`,
  },
  HOURS_PROOF_NOT_FOUND: { clause: null, say: () => '没有查到这份学时证明。请重新开具。' },
  TITLE_RECOGNITION_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这项职称认定,或不在您的管理范围内。请核对后再查。',
  },
})
