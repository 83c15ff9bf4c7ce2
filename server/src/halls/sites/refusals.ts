import { defineRefusals } from '../../platform/result.ts'

export const no = defineRefusals({
  SITE_NOT_FOUND: { clause: null, say: () => '没有查到这个考点，或不在您的管理范围内。请核对后再查。' },
  HALL_NOT_FOUND: { clause: null, say: () => '没有查到这个考场，或不在您的管理范围内。请核对后再查。' },
  SEAT_NOT_FOUND: { clause: null, say: () => '这个考场没有这个考位。请刷新后重新选择。' },
  SITE_CITY_UNKNOWN: {
    clause: null,
    say: () => '考点所在地不是有效的市州，不能登记。请重新选择所在市州。',
  },
  SITE_CLOSED: {
    clause: null,
    say: ({ name }: { name: string }) => `考点「${name}」已停用，不能再修改或使用。需要时请登记新的考点。`,
  },
  HALL_CLOSED: {
    clause: null,
    say: ({ name }: { name: string }) => `考场「${name}」已停用，不能再修改或使用。请选择其他考场。`,
  },
  HALL_NAME_TAKEN: {
    clause: null,
    say: ({ name }: { name: string }) => `这个考点已有名为「${name}」的考场。请换一个名称。`,
  },
  HALL_IN_USE: {
    clause: null,
    say: ({ sittings }: { sittings: string }) =>
      `场次 ${sittings} 正在使用，不能停用。请先在这些场次的编排中换用其他考场，或待考核结束。`,
  },
  SEAT_LAYOUT_WRONG: {
    clause: null,
    say: ({ problem }: { problem: string }) => `考位布局没有保存：${problem}。请改正后再保存。`,
  },
  SEAT_IN_USE: {
    clause: null,
    say: ({ labels }: { labels: string }) =>
      `考位 ${labels} 已排过考生，不能从布局中删除。请改为「备用」或「损坏」。`,
  },
  SEAT_LAYOUT_FIXED: {
    clause: null,
    say: ({ sittings }: { sittings: string }) =>
      `场次 ${sittings} 的名单已锁定、待抽签，布局须与锁定时一致，暂不能修改。请在抽签后再改，或重新开放名单。`,
  },
  SEATS_SHEET_UNREADABLE: {
    clause: null,
    say: ({ problem }: { problem: string }) => `无法读取这个 Excel 文件：${problem}`,
  },
  BIND_CODE_INVALID: {
    clause: null,
    say: () => '绑定码不对、已用过或已过期，这台机器没有绑定。请向监考员要新的绑定码。',
  },
  STATION_SECRET_INVALID: {
    clause: null,
    say: () => '这台机器还没有绑定考位，或绑定已被解除。请让监考员重新绑定。',
  },
})
