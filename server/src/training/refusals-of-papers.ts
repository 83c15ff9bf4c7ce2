import { defineRefusals } from '../platform/result.ts'

/** Of completion, training certificates and the training report. */
export const no = defineRefusals({
  LESSONS_OUTSTANDING: {
    clause: 'HB-4.3',
    say: ({ count }: { count: number }) =>
      `不能结业：还有 ${count} 节课未结束（鄂·四（三））。请在全部课程结束后办理，或取消未上的课。`,
  },
  ASSESSMENTS_MISSING: {
    clause: 'HB-4.3',
    say: ({ count }: { count: number }) =>
      `不能结业：还有 ${count} 名学员没有结业考核结果（鄂·四（三））。请先登记成绩或缺考。`,
  },
  STANDARD_HOURS_UNKNOWN: {
    clause: 'HB-4.3',
    say: () =>
      '不能结业：该职业和等级的标准学时尚待核实（鄂·四（三））。请联系省人社厅确认标准学时后再办理。',
  },
  NOBODY_TO_COMPLETE: {
    clause: 'HB-4.3',
    say: () => '不能结业：本班没有在读学员（鄂·四（三））。请取消本班。',
  },
  ASSESSMENT_IN_FUTURE: {
    clause: 'HB-4.3',
    say: () => '结业考核日期不能晚于今天（鄂·四（三））。请改正日期。',
  },
  SCORES_ENROLMENT_NOT_FOUND: {
    clause: null,
    say: ({ count }: { count: number }) =>
      `有 ${count} 名学员不在本班在读名单中，本次未保存。请核对后重新提交。`,
  },
  CLASS_HAS_CERTIFICATES: {
    clause: 'HB-6.3',
    say: ({ count }: { count: number }) =>
      `不能恢复培训：已颁发 ${count} 份培训合格证书（鄂·六（三））。请先撤销证书。`,
  },
  CLASS_REPORT_OUT: {
    clause: 'HB-4.3',
    say: () => '不能恢复培训：培训报告已经报送（鄂·四（三））。请先由主管部门退回。',
  },
  NOTHING_TO_ISSUE: { clause: 'HB-4.3', say: () => '没有待颁发的证书：已结业学员均已颁发（鄂·四（三））。' },
  TRAINING_CERTIFICATE_NOT_FOUND: {
    clause: null,
    say: () => '没有查到该培训合格证书，或不在您的管理范围内。请核对后再查。',
  },
  CERTIFICATE_NOT_VALID: {
    clause: 'HB-6.3',
    say: ({ state }: { state: string }) => `该证书为“${state}”，不能再更正或撤销（鄂·六（三））。`,
  },
  CERTIFICATE_CHANGE_PENDING: {
    clause: 'HB-6.3',
    say: () => '该证书已有一项更正或撤销待复核（鄂·六（三））。请等待复核结果。',
  },
  CERTIFICATE_CHANGE_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这项更正或撤销申请，或已经复核。请刷新后再看。',
  },
  CERTIFICATE_CHANGE_SAME_PERSON: {
    clause: 'HB-6.3',
    say: () => '提出人和复核人不能是同一人（鄂·六（三））。请由本机构另一位管理员或主管部门复核。',
  },
  CERTIFICATE_CHANGE_EMPTY: {
    clause: 'HB-6.3',
    say: () => '更正内容与原证书相同（鄂·六（三））。请填写需要更正的内容。',
  },
  REPORT_NOT_FOUND: { clause: null, say: () => '没有查到该培训报告，或不在您的管理范围内。请核对后再查。' },
  REPORT_STATE: {
    clause: 'HB-4.3',
    say: ({ state, act }: { state: string; act: string }) =>
      `该培训报告为“${state}”，不能${act}（鄂·四（三））。请刷新后查看。`,
  },
  CERTIFICATES_OUTSTANDING: {
    clause: 'HB-4.3',
    say: ({ count }: { count: number }) =>
      `不能报送：还有 ${count} 名结业学员未颁发培训合格证书（鄂·四（三））。请先颁发证书。`,
  },
  REPORT_DECIDED_ALREADY: {
    clause: 'HB-4.3',
    say: () => '本部门已对本轮报送作出处理（鄂·四（三））。请刷新后查看。',
  },
})
