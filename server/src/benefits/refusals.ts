import { defineRefusals } from '../platform/result.ts'

export const no = defineRefusals({
  HOURS_NONE_IN_YEAR: {
    clause: 'HB-5.1',
    say: ({ year }: { year: number }) =>
      `${year} 年度没有计入的继续教育学时，不能开具证明（鄂·五（一））。取得培训合格证书后，学时自动计入颁证当年。`,
  },
  EDUCATION_HOURS_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这条学时记录，或不在您的管理范围内。请核对后再查。',
  },
  EDUCATION_HOURS_REVOKED: {
    clause: 'HB-5.1',
    say: ({ number, reason }: { number: string; reason: string }) =>
      `学时登记 ${number} 已不再计入（${reason}），不能据此开具证明（鄂·五（一））。请查看该人当前有效的学时。`,
  },
  HOURS_PROOF_NOT_FOUND: { clause: null, say: () => '没有查到这份学时证明。请重新开具。' },
  HOURS_PROOF_CHANGED: {
    clause: 'HB-5.1',
    say: ({ number }: { number: string }) =>
      `学时证明 ${number} 所列学时已有变更，不能再打印（鄂·五（一））。请重新开具，以新证明为准。`,
  },
  TITLE_RECOGNITION_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这项职称认定，或不在您的管理范围内。请核对后再查。',
  },
  TITLE_RECOGNITION_REVOKED: {
    clause: 'HB-5.2',
    say: ({ number, reason }: { number: string; reason: string }) =>
      `职称认定 ${number} 已撤销（${reason}），不能打印认定表（鄂·五（二））。如证书已更正或恢复，请打印新的认定表。`,
  },
})
