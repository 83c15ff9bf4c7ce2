/**
 * What a person agrees to, in which wording. A purpose without which nothing can be done (`needed`) is asked for at
 * real-name registration and cannot be taken back alone; the others are given and taken back freely.
 */
export interface ConsentPurpose {
  title: string
  text: string
  version: string
  needed: boolean
}

export const CONSENTS = {
  identity: {
    title: '个人身份信息处理',
    text: '为办理报名、培训、考核、证书制发和查询验证，平台收集并核验您的姓名、证件类型和号码、出生日期、手机号。证件号码加密保存，页面只显示部分数字；工作人员查看完整号码须说明用途并留下记录。办理过程中的信息依规定报送人力资源社会保障部门。',
    version: '2026-01',
    needed: true,
  },
  notice: {
    title: '短信提醒',
    text: '平台用短信提醒您开班、考核、证书领取和待补材料。撤回后不再发送，登录验证码除外。',
    version: '2026-01',
    needed: false,
  },
  benefits: {
    title: '补贴和职称资格比对',
    text: '平台将您的证书信息用于继续教育学时登记、职称认定和补贴资格的比对，不用于其他用途。撤回后相关待遇需您自行申请。',
    version: '2026-01',
    needed: false,
  },
} as const satisfies Record<string, ConsentPurpose>
export type Purpose = keyof typeof CONSENTS
export const PURPOSES = Object.keys(CONSENTS) as [Purpose, ...Purpose[]]
