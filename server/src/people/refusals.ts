import { defineRefusals } from '../platform/result.ts'

export const no = defineRefusals({
  PERSON_NOT_FOUND: { clause: null, say: () => '没有查到此人，或此人不在您的管理范围内。请核对后再查。' },
  PERSON_DOCUMENT_INVALID: {
    clause: 'HB-5.4',
    // `field` is the input the sentence is about: the form shows it beside that field.
    say: ({ problem }: { problem: string; field: 'name' | 'idNumber' | 'birthOn' }) =>
      `实名登记未通过：${problem}（鄂·五（四）实名制）。请对照证件改正后再提交。`,
  },
  PERSON_BIRTH_DIFFERS: {
    clause: 'HB-5.4',
    say: () => '实名登记未通过：出生日期与证件号码中的不一致（鄂·五（四）实名制）。请对照证件改正后再提交。',
  },
  PERSON_NAME_DIFFERS: {
    clause: 'HB-5.4',
    say: () =>
      '实名登记未通过：该证件已用另一姓名登记（鄂·五（四）实名制）。请核对姓名；确有更名的，请向所在市州人社局申请更正。',
  },
  PERSON_HAS_ACCOUNT: {
    clause: 'HB-5.4',
    say: () =>
      '该证件已在另一个账号完成实名登记，一人只能有一个账号（鄂·五（四）实名制）。请用原来的手机号登录；手机号已停用的，请联系所在市州人社局。',
  },
  ACCOUNT_HAS_PERSON: {
    clause: 'HB-5.4',
    say: () => '此账号已完成实名登记，不能再登记为他人（鄂·五（四）实名制）。请直接办理业务。',
  },
  PERSON_REAL_NAME_REFUSED: {
    clause: 'HB-5.4',
    say: ({ reason }: { reason: string }) =>
      `实名核验未通过：${reason}（鄂·五（四）实名制）。请核对姓名和证件号码；确认无误的，请携证件到所在市州人社局办理。`,
  },
  REAL_NAME_UNAVAILABLE: {
    clause: 'HB-5.4',
    say: () => '实名核验服务暂时没有应答，您填写的内容未提交（鄂·五（四）实名制）。请稍后再试。',
  },
  REGION_NOT_FOUND: { clause: null, say: () => '没有这个地区。请从列表中选择所在市州。' },
  PERSON_NOT_REGISTERED: {
    clause: 'HB-5.4',
    say: () => '您还没有完成实名登记，不能办理此事项（鄂·五（四）实名制）。请先登记姓名和证件号码。',
  },
  CONSENT_MISSING: {
    clause: null,
    say: ({ title }: { title: string }) => `需要您先同意「${title}」才能继续。请阅读说明后勾选同意。`,
  },
  CONSENT_NEEDED: {
    clause: null,
    say: ({ title }: { title: string }) =>
      `「${title}」是办理培训、考核和证书所必需的，不能单独撤回。如不再使用本平台，可申请注销账号。`,
  },
  CONSENT_NOT_FOUND: { clause: null, say: () => '没有找到这项有效的同意记录，可能已经撤回。请刷新后再看。' },
  FACT_NOT_FOUND: { clause: null, say: () => '没有找到这条资料，可能已被撤回。请刷新后再看。' },
  FACT_INVALID: {
    clause: null,
    say: ({ problem }: { problem: string }) => `资料未保存：${problem}。请改正后再提交。`,
  },
  FACT_VERIFIED: {
    clause: 'HB-4.4',
    say: () =>
      '这条资料已经核验并可能被资格确认引用，不能由本人撤回（鄂·四（四））。需要更正的，请联系核验单位。',
  },
  FACT_WITHOUT_PAPER: {
    clause: 'HB-4.4',
    say: () => '这条资料还没有证明材料，不能核验（鄂·四（四））。请先让本人上传证明材料。',
  },
  FACT_ALREADY_VERIFIED: { clause: 'HB-4.4', say: () => '这条资料已经核验过，无需重复核验（鄂·四（四））。' },
  FACT_NOT_VERIFIED: {
    clause: 'HB-4.4',
    say: () => '这条资料尚未核验，没有可撤销的核验结论（鄂·四（四））。',
  },
  FACT_FILE_NOT_FOUND: { clause: null, say: () => '没有找到证明材料文件。请重新上传。' },
  ORGANISATION_NOT_FOUND: {
    clause: null,
    say: () => '没有查到该单位，或该单位不在您的管理范围内。请核对后再查。',
  },
  ORGANISATION_EXISTS: {
    clause: null,
    say: ({ name }: { name: string }) =>
      `已有同类单位登记：${name}。请在单位列表中查找并修改，不要重复登记。`,
  },
  ORGANISATION_NAME_FIXED: {
    clause: null,
    say: () => '单位名称由平台管理员维护，因为目录和证书都引用它。更名请携登记证书联系平台管理员。',
  },
  CREDIT_CODE_INVALID: {
    clause: null,
    say: () => '统一社会信用代码校验不符（应为 18 位，末位为校验码）。请对照登记证书逐位核对。',
  },
  STAFF_NOT_FOUND: { clause: null, say: () => '没有查到该工作人员，或不属于您管理的单位。请核对后再查。' },
  STAFF_ROLE_NOT_OFFERED: {
    clause: null,
    say: ({ kind, role }: { kind: string; role: string }) =>
      `${kind}不能设置「${role}」身份。请选择本类单位可用的身份。`,
  },
  STAFF_NAME_TAKEN: {
    clause: null,
    say: ({ username }: { username: string }) => `账号名 ${username} 已被使用。请换一个账号名。`,
  },
  STAFF_ALREADY_MEMBER: { clause: null, say: () => '该账号在本单位已有这个身份，无需重复添加。' },
  STAFF_SELF: {
    clause: null,
    say: () => '不能停用自己或重置自己的动态口令。请由本单位另一位管理员或平台管理员办理。',
  },
  STAFF_ELSEWHERE: {
    clause: null,
    say: () =>
      '该账号还在其他单位任职，不能由本单位停用或重置。请改为结束其在本单位的身份；确需停用的，请联系平台管理员。',
  },
  STAFF_DISABLED: { clause: null, say: () => '该账号已经停用。如需使用，请先恢复。' },
  STAFF_NOT_DISABLED: { clause: null, say: () => '该账号没有停用，无需恢复。' },
  STAFF_NO_SECOND_FACTOR: { clause: null, say: () => '该账号还没有绑定动态口令，无需重置。' },
  MEMBERSHIP_NOT_FOUND: { clause: null, say: () => '没有查到这个身份，可能已经结束。请刷新后再看。' },
  ACCOUNT_DISABLED: {
    clause: null,
    say: () => '此账号已被停用，不能办理业务。如有疑问，请联系本单位管理员。',
  },
  SECOND_FACTOR_REQUIRED: {
    clause: null,
    say: () => '工作人员账号必须通过动态口令验证后才能办理业务。请输入动态口令。',
  },
  SECOND_FACTOR_NOT_SET: {
    clause: null,
    say: () => '此工作人员账号尚未绑定动态口令，不能办理业务。请先按提示绑定动态口令。',
  },
  SESSION_TOO_OLD: {
    clause: null,
    say: () => '工作人员每 12 小时需要重新登录一次。请重新登录，您填写的内容会保留。',
  },
  NO_MEMBERSHIP: { clause: null, say: () => '此账号目前没有有效的身份，不能办理业务。请联系本单位管理员。' },
  DEMO_ONLY: { clause: null, say: () => '演示功能未开启，正式环境不提供。' },
})
