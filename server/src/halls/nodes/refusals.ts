import { defineRefusals } from '../../platform/result.ts'

export const no = defineRefusals({
  NODE_NOT_FOUND: { clause: null, say: () => '没有查到这个考点节点。请核对后重试。' },
  NODE_SITE_NOT_FOUND: { clause: null, say: () => '没有查到这个考点，或考点已停用。请先登记考点。' },
  NODE_SECRET_INVALID: {
    clause: null,
    say: () => '节点密钥不正确或已注销，未接收。请在平台重新登记节点，并更新节点的配置。',
  },
  NODE_KEY_DIFFERS: {
    clause: null,
    say: () => '这个密钥已由另一台节点使用，未接收。一台节点一个密钥；更换设备请重新登记。',
  },
  NODE_MESSAGE_BROKEN: {
    clause: null,
    say: () => '收到的内容与发出的不一致，未接收。请重发；反复出现时检查线路。',
  },
  NODE_REVOKED: { clause: null, say: () => '这个考点节点已注销，不能再承办考场。请选择其他节点。' },
  NODE_HOLDS_HALLS: {
    clause: null,
    say: ({ count }: { count: number }) =>
      `这个节点还有 ${count} 个考场没有归还，不能注销。请先归还，或由两人收回。`,
  },
  NODE_PACKAGE_NOT_FOUND: { clause: null, say: () => '没有查到这份考场交接。请核对后重试。' },
  NODE_HALL_NOT_FOUND: { clause: null, say: () => '这个场次没有安排这个考场。请核对后重试。' },
  NODE_ELSEWHERE: { clause: null, say: () => '考场不在这个节点所在的考点，不能交给它。请选择本考点的节点。' },
  NODE_SITTING_NOT_SEALED: {
    clause: 'AH-10',
    say: () => '试卷还没有封装，不能交给考点节点。请先完成试卷封装。',
  },
  HALL_ASSIGNED_ALREADY: { clause: null, say: () => '这个考场已交给考点节点。如需更换，请先由两人收回。' },
  HALL_IN_USE: {
    clause: 'AH-10',
    say: ({ count }: { count: number }) =>
      `这个考场已有 ${count} 名考生进入考试，不能再交给考点节点。请在本平台继续完成。`,
  },
  NODE_PACKAGE_STATE: {
    clause: null,
    say: ({ title }: { title: string; state: string }) => `这份考场交接现在是「${title}」，不能这样做。`,
  },
  NODE_PACKAGE_SETTLING: {
    clause: null,
    say: ({ seconds }: { seconds: number }) => `考场刚刚交出，${seconds} 秒后可以领取。节点会自动重试。`,
  },
  NODE_PACKAGE_HELD: {
    clause: null,
    say: () => '这份考场数据已由节点领取并确认，不能再领一次。设备损坏请由两人收回后继续。',
  },
  NODE_PACKAGE_DIFFERS: {
    clause: null,
    say: () => '节点上的考场数据与平台发出的不一致。请由两人收回，核查后重新交给节点。',
  },
  NODE_VERSION_DIFFERS: {
    clause: null,
    say: () => '节点的程序版本与平台不同，未接收。请将节点更新到与平台相同的版本。',
  },
  PART_KEY_TOO_EARLY: {
    clause: 'AH-10',
    say: ({ time }: { time: string }) => `还没有到开考时间（${time}），试卷不能解封。请到时再试。`,
  },
  CUSTODY_CODES_INVALID: {
    clause: 'AH-10',
    say: () => '两个保管码不正确，试卷没有解封。请由两名保管人各自核对自己的保管码。',
  },
  CUSTODY_SAME_OFFICER: {
    clause: 'AH-10',
    say: () => '一个人只能领一个保管码。请由另一名管理员领取第二个。',
  },
  CUSTODY_ISSUED: {
    clause: 'AH-10',
    say: () => '两个保管码都已发出，只显示一次，不能再看。遗失时请等待省平台放行试卷。',
  },
  CUSTODY_MISSING: {
    clause: 'AH-10',
    say: () => '这个考场没有发过保管码，只能等省平台放行试卷。请检查节点的网络。',
  },
  TAKE_BACK_NEEDS_SECOND: {
    clause: null,
    say: () => '收回考场须由另一名管理员确认。请联系另一名管理员。',
  },
  TAKE_BACK_NOT_PROPOSED: { clause: null, say: () => '还没有人提出收回。请先提出并写明理由。' },
})
