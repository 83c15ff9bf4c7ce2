import { defineRefusals } from '../../platform/result.ts'

const HB44 = 'HB-4.4'
const AH10 = 'AH-10'
const AH11 = 'AH-11'
const RATIO = 'STD-1.9.3'

export const no = defineRefusals({
  ARRANGEMENT_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这个场次的考场编排，或不在您的管理范围内。请核对后再查。',
  },
  SITTING_TO_ARRANGE_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这个考核场次，或不在您的管理范围内。请核对后再查。',
  },
  SITTING_NOT_ARRANGEABLE: {
    clause: HB44,
    say: ({ state }: { state: string }) =>
      `该场次目前是「${state}」，不能再编排考场（鄂·四（四））。只有已安排、尚未开考的场次可以编排。`,
  },
  ARRANGED_ALREADY: { clause: null, say: () => '该场次已经在编排考场，请直接打开继续办理。' },
  ARRANGEMENT_NOT_PREPARING: {
    clause: AH11,
    say: ({ state }: { state: string }) =>
      `考场编排目前是「${state}」，不能再改考场、名单和抽签（皖·十一）。确需改动的，请写明理由重新开放名单。`,
  },
  ARRANGEMENT_OVER: {
    clause: null,
    say: ({ state }: { state: string }) => `这场考试「${state}」，不能再修改编排。`,
  },
  ARRANGEMENT_SEALED: {
    clause: AH11,
    say: ({ state }: { state: string }) =>
      `考场编排目前是「${state}」，试卷已按考位封好，不能重新开放名单（皖·十一）。个别考生的变动请由监考员现场办理。`,
  },
  REGISTRATION_CLOSED: {
    clause: AH11,
    say: () =>
      '考生名单已锁定，考场、便利安排和抽签承诺不能再改（皖·十一）。确需改动的，请写明理由重新开放名单。',
  },
  REGISTRATION_STILL_OPEN: {
    clause: AH11,
    say: () => '考生名单还没有锁定，不能抽签（皖·十一）。请先锁定名单，再等公开值公布。',
  },
  HALL_NOT_OWN_NOT_FOUND: {
    clause: null,
    say: () => '所选考场中有不存在、已停用或不属于本机构的。请刷新后重新选择。',
  },
  HALL_TAKEN: {
    clause: AH11,
    say: ({ hall, sitting }: { hall: string; sitting: string }) =>
      `考场「${hall}」在同一时间已被场次 ${sitting} 选用（皖·十一）。请换一个考场或错开时间。`,
  },
  HALLS_TOO_SMALL: {
    clause: AH11,
    say: ({ seats, candidates }: { seats: number; candidates: number }) =>
      `所选考场可用考位共 ${seats} 个，少于考生 ${candidates} 人（皖·十一）。请增加考场，备用和损坏的考位不计。`,
  },
  HALLS_MISSING: { clause: AH11, say: () => '还没有选定考场（皖·十一）。请先选定考场。' },
  ACCESSIBLE_SEATS_SHORT: {
    clause: AH11,
    say: ({ seats, needed }: { seats: number; needed: number }) =>
      `${needed} 名考生需要无障碍考位，所选考场只有 ${seats} 个（皖·十一）。请增加考场，或在考场布局中标明无障碍考位。`,
  },
  ACCOMMODATIONS_UNDECIDED: {
    clause: null,
    say: ({ count }: { count: number }) => `还有 ${count} 项便利安排等第二人决定，不能锁定名单。请先决定。`,
  },
  DRAW_NOT_COMMITTED: {
    clause: AH11,
    say: () => '还没有公布抽签承诺，不能锁定名单（皖·十一考位随机）。请先公布承诺，写明用哪一个公开值。',
  },
  DRAW_COMMITTED_ALREADY: {
    clause: AH11,
    say: () => '已公布抽签承诺，不能另换（皖·十一）。确需更换的，请先写明理由作废这一次。',
  },
  PUBLIC_VALUE_TOO_SOON: {
    clause: AH11,
    say: () => '公开值应在名单锁定之后才能知道（皖·十一）。请选一个以后才公布的值，并写明预计公布时间。',
  },
  PUBLIC_VALUE_KNOWN: {
    clause: AH11,
    say: ({ at }: { at: string }) =>
      `公开值预计于 ${at} 公布，时间已到，再锁定名单就可能有人挑选结果（皖·十一）。请作废这次承诺，另选以后才公布的值。`,
  },
  PUBLIC_VALUE_EARLY: {
    clause: AH11,
    say: ({ at }: { at: string }) =>
      `公开值的公布时间应晚于名单锁定（${at}）且不晚于现在（皖·十一）。请核对公开值和公布时间。`,
  },
  PUBLIC_VALUE_UNREADABLE: {
    clause: AH11,
    say: () => '公开值至少应有三位数字或字母（皖·十一）。请照来源原样填写。',
  },
  PUBLIC_VALUE_SAME_PERSON: {
    clause: AH11,
    say: () => '公开值须由公布承诺以外的另一人填写（皖·十一）。请由同事办理。',
  },
  SEATS_NOT_DRAWN: { clause: AH11, say: () => '考位还没有抽签，不能办理（皖·十一）。请先抽签。' },
  FAMILY_DRAWS: {
    clause: AH10,
    say: ({ family }: { family: string }) =>
      `该场次属于统考 ${family}，抽签由省级统一办理（皖·十）。本机构只需选定考场、锁定名单。`,
  },
  INVIGILATOR_UNKNOWN: {
    clause: null,
    say: () => '所选人员中有不是本机构监考员或账号已停用的。请刷新后重新选择。',
  },
  INVIGILATORS_TOO_FEW: {
    clause: RATIO,
    say: ({ hall, needed, given }: { hall: string; needed: number; given: number }) =>
      `「${hall}」应有监考员至少 ${needed} 人，只安排了 ${given} 人（国标·1.9.3，数字待核实）。请增加监考员；流动监考不计入。`,
  },
  CHIEF_NOT_ONE: {
    clause: RATIO,
    say: ({ hall }: { hall: string }) => `「${hall}」应有且只有一名主监考（国标·1.9.3）。请指定一名。`,
  },
  INVIGILATOR_ELSEWHERE: {
    clause: RATIO,
    say: ({ name, where }: { name: string; where: string }) =>
      `${name} 在同一时间已安排在 ${where}，不能同时监考两个考场（国标·1.9.3）。请另选他人。`,
  },
  INVIGILATOR_CONFLICT: {
    clause: RATIO,
    say: ({ name, why }: { name: string; why: string }) =>
      `${name} 不能监考本场：${why}，应当回避（国标·1.9.3）。请另选他人。`,
  },
  CANDIDATE_HERE_NOT_FOUND: {
    clause: null,
    say: () => '这名考生不在本场名单中。请刷新后重新选择。',
  },
  ACCOMMODATION_EXISTS: {
    clause: null,
    say: ({ name }: { name: string }) =>
      `${name} 在本场已有便利安排，等待决定或已经批准。如需改动，请先不予批准原有的一项。`,
  },
  ACCOMMODATION_NOT_FOUND: { clause: null, say: () => '没有查到这项便利安排，或不在您的管理范围内。' },
  ACCOMMODATION_DECIDED: { clause: null, say: () => '这项便利安排已经决定，不能再次决定。' },
  ACCOMMODATION_SAME_PERSON: {
    clause: null,
    say: () => '便利安排须由提出人以外的另一人决定。请由同事办理。',
  },
  ACCOMMODATION_TOO_LATE: {
    clause: AH11,
    say: () =>
      '考生名单已锁定或已抽签，不能再新增需要无障碍考位的安排（皖·十一）。只延长时间的仍可提出，封卷前有效。',
  },
  TICKETS_PUBLISHED: { clause: null, say: () => '准考证已经发布，不必再次发布。' },
  TICKETS_NOT_PUBLISHED: {
    clause: null,
    say: () => '本场准考证还没有发布。请在发布后查看和打印。',
  },
  TICKETS_UNREADY: {
    clause: AH11,
    say: ({ gaps }: { gaps: string }) => `还不能发布准考证（皖·十一）：${gaps}。请先补齐。`,
  },
  TICKET_NOT_FOUND: { clause: null, say: () => '没有查到您的这张准考证。请核对，或向报考的评价机构询问。' },
  DRAW_NOT_FOUND: { clause: null, say: () => '没有查到这个场次的抽签公示。请核对场次编号。' },

  // --- joint examinations -------------------------------------------------------------------------------------
  FAMILY_NOT_FOUND: { clause: null, say: () => '没有查到这次统考，或不在您的管理范围内。请核对后再查。' },
  FAMILY_STATE_WRONG: {
    clause: AH10,
    say: ({ state }: { state: string }) => `这次统考目前是「${state}」，不能办理（皖·十）。请刷新后查看。`,
  },
  FAMILY_NOT_UNIFIED: {
    clause: AH10,
    say: ({ missing }: { missing: string }) =>
      `五统一中还有未定的：${missing}（皖·十）。请逐项写明依据并确认后再公布。`,
  },
  FAMILY_MEMBER_UNKNOWN: {
    clause: AH10,
    say: () => '所选单位中有不是本省评价机构的，不能邀请（皖·十）。请重新选择。',
  },
  FAMILY_NOT_INVITED: {
    clause: AH10,
    say: () => '本机构没有接到这次统考的邀请，或尚未接受（皖·十）。请先接受邀请再加入场次。',
  },
  FAMILY_ANSWERED: {
    clause: AH10,
    say: () => '本机构已经答复过这次统考的邀请。如需改变，请与省级主管部门联系。',
  },
  FAMILY_DIFFERS: {
    clause: AH10,
    say: ({ what }: { what: string }) =>
      `该场次的${what}与统考不一致，不能加入（皖·十五统一）。请按统考公告另行安排场次。`,
  },
  FAMILY_JOINED: { clause: AH10, say: () => '该场次已加入统考，或已自行公布抽签承诺，不能再加入（皖·十）。' },
  FAMILY_EMPTY: { clause: AH10, say: () => '还没有场次加入这次统考，不能抽签（皖·十）。' },
  FAMILY_MEMBERS_OPEN: {
    clause: AH10,
    say: ({ sittings }: { sittings: string }) =>
      `场次 ${sittings} 的考生名单还没有锁定，统考须一次抽签（皖·十）。请等这些机构锁定名单，或将其移出本次统考。`,
  },
})
