/**
 * What a person agrees to, in which wording. A purpose without which nothing can be done (`needed`) is asked for at
 * real-name registration and cannot be taken back alone; the others are given and taken back freely.
 */
export interface ConsentPurpose {
  title: string
  text: string
  version: string
  needed: boolean
  /** Sensitive data: agreed to by itself where it is needed, never among others at registration. */
  apart?: boolean
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
  face: {
    title: '人脸信息处理（单独同意）',
    text: '为在考场核对是否您本人，平台从您的登记照片提取人脸特征，加密保存，入场时和考试中用摄像头画面与之比对。比对结果只作提示，由监考员判断。人脸信息只用于考场身份核对，不提供给其他单位，保存期满即删除并留下删除记录。您可以不同意：改由两名监考员核对证件，不影响报名、考试时间和成绩。您可以随时撤回，撤回后登记照片和人脸特征立即删除。',
    version: '2026-11',
    needed: false,
    apart: true,
  },
} as const satisfies Record<string, ConsentPurpose>
export type Purpose = keyof typeof CONSENTS
export const PURPOSES = Object.keys(CONSENTS) as [Purpose, ...Purpose[]]
