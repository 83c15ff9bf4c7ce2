import { defineRefusals } from '../../platform/result.ts'

/** Figures of the examination's order, 待核实 until a province has confirmed them. */
const HALL_RULES = 'HALL-RULES'

export const no = defineRefusals({
  ADMISSION_SECRET_INVALID: {
    clause: null,
    say: () => '这台机器上的入场核对已失效，可能已在另一台机器重新核对。请重新输入准考证号。',
  },
  IDENTITY_NOT_MATCHED: {
    clause: null,
    say: () => '准考证号与证件号码后六位不符。请对照准考证和证件再输一次；仍不行请举手。',
  },
  IDENTIFY_TOO_OFTEN: {
    clause: null,
    say: ({ minutes }: { minutes: number }) =>
      `输错次数太多，请 ${minutes} 分钟后再试，或举手由监考员查对准考证。`,
  },
  NO_PART_NOW: {
    clause: null,
    say: ({ title }: { title: string }) =>
      `「${title}」现在没有您可以参加的考试。请核对准考证上的时间，或举手询问。`,
  },
  SEAT_NOT_DRAWN: {
    clause: null,
    say: () => '您的座位还没有抽出，暂不能入场。请举手告知监考员。',
  },
  DOOR_NOT_OPEN: {
    clause: null,
    say: ({ hall }: { hall: string }) => `${hall}还没有开始入场。请在门外等候监考员通知。`,
  },
  DOOR_NOT_HERE: {
    clause: null,
    say: ({ hall, seat }: { hall: string; seat: string }) =>
      `您的考位是${hall} ${seat}，不在这台机器。请到自己的考位后再核对身份。`,
  },
  NOT_ADMITTED: {
    clause: null,
    say: (_: { gates: unknown }) => '入场核对还没有完成，不能进入考试。请按屏幕提示完成，或举手告知监考员。',
  },
  ADMISSION_NOT_WAITING: {
    clause: null,
    say: ({ state }: { state: 'admitted' | 'turned_away' }) =>
      state === 'admitted'
        ? '这名考生已经入场，不需要再办。'
        : '这名考生未被准许入场。需要恢复时由主考办理。',
  },
  ADMISSION_NOT_TURNED_AWAY: {
    clause: null,
    say: () => '这名考生没有被拒绝入场，不需要恢复。请刷新后再看。',
  },
  CONSENT_UNASKED: {
    clause: 'FACE-CONSENT',
    say: () => '还没有得到本人对使用人脸信息的单独同意，不能拍照核对。请先询问本人；不同意的由两人核对证件。',
  },
  FACE_LOOKED_OFTEN: {
    clause: null,
    say: () => '已拍了多次，不再自动核对。请举手，由两名监考员核对您本人或证件，不影响考试时间。',
  },
  FACE_NOT_PASSED: {
    clause: null,
    say: () => '身份还没有核对：人脸没有通过，证件也没有经两人核对。请先由两名监考员核对，再确认入场。',
  },
  SEAT_NOT_PASSED: {
    clause: null,
    say: ({ seat }: { seat: string }) =>
      `考生还没有在自己的考位（${seat}）核对身份，不能确认入场。请引导考生到该考位。`,
  },
  LATE_NOT_ALLOWED: {
    clause: HALL_RULES,
    say: ({ minutes, allowed }: { minutes: number; allowed: number }) =>
      `考生在开考后 ${minutes} 分钟到场，超过 ${allowed} 分钟。须由主考提出、另一名监考员确认后才能入场。`,
  },
  CHIEF_ONLY: {
    clause: HALL_RULES,
    say: ({ act }: { act: string }) => `${act}只能由本考场的主考提出。请联系主考。`,
  },
  SECOND_PERSON_NEEDED: {
    clause: null,
    say: ({ name }: { name: string }) => `这项核对由${name}提出，须由另一名监考员用自己的账号确认。`,
  },
  PROPOSAL_NOT_FOUND: {
    clause: null,
    say: () => '没有等待确认的核对，可能已被确认或考生重新核对过。请刷新后再看。',
  },
  PROPOSAL_STANDS: {
    clause: null,
    say: ({ name }: { name: string }) => `${name}已提出核对，正等待另一名监考员确认，不需要再提。`,
  },
  VOUCH_NOT_NEEDED: {
    clause: null,
    say: ({ why }: { why: string }) => `不需要两人核对：${why}。`,
  },
  NOT_INVIGILATING: {
    clause: null,
    say: ({ hall }: { hall: string }) =>
      `您没有被安排监考${hall}，不能在这里核对考生。请联系评价机构调整监考安排。`,
  },
  INVIGILATORS_MISSING: {
    clause: HALL_RULES,
    say: ({ hall, there, needed }: { hall: string; there: number; needed: number }) =>
      `${hall}只安排了 ${there} 名监考员，至少要 ${needed} 名才能开始入场。请先补足监考安排。`,
  },
  DOOR_BEFORE_SEALING: {
    clause: null,
    say: () => '试卷还没有封装，考生进场后无卷可答，不能开始入场。请由评价机构先完成封装。',
  },
  DOOR_ALREADY_OPEN: { clause: null, say: () => '这个考场已经开始入场或考试已经结束，不需要再次开始。' },
  DOOR_NOT_FOUND: { clause: null, say: () => '没有查到这个场次的考场，或不在您的管理范围内。请核对后再查。' },
  ADMISSION_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这名考生的入场记录，或不在您的管理范围内。请刷新后再查。',
  },
  PICTURE_MISSING: { clause: null, say: () => '没有收到照片。请重新拍摄后上传。' },
  PICTURE_UNREADABLE: {
    clause: null,
    say: () => '照片无法读取，没有保存。请上传清晰的 JPG 或 PNG 照片（边长 32 像素以上、1600 万像素以内）。',
  },
  CANDIDATE_TICKET_NOT_FOUND: {
    clause: null,
    say: () => '这个场次没有这个准考证号，或不在您的管理范围内。请核对后再查。',
  },
  PICTURE_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这张照片，可能已按期限删除，或不在您的管理范围内。',
  },
  PHOTO_NOT_FIT: {
    clause: 'FACE-CONSENT',
    say: ({ problems }: { problems: string }) =>
      `照片没有登记：${problems}。登记照片要能认出本人，请按提示重新拍摄。`,
  },
  PHOTO_NOT_LOOKED: {
    clause: null,
    say: ({ why }: { why: 'missing' | 'busy' | 'late' | 'crashed' }) =>
      why === 'busy' || why === 'late'
        ? '正在检查的照片较多，您的照片没有登记。请过一分钟再试。'
        : '照片检查暂时不能用，您的照片没有登记。请稍后再试；入场时也可以由两名监考员核对证件。',
  },
  PHOTO_CONSENT_MISSING: {
    clause: 'FACE-CONSENT',
    say: () => '登记照片用于人脸核对，需要您先单独同意。不同意也可以参加考试，入场时由两名监考员核对证件。',
  },
  PHOTO_NOT_FOUND: { clause: null, say: () => '没有登记照片，或已按期限删除。需要时请重新登记。' },
  FACE_CONSENT_NOT_FOUND: {
    clause: 'FACE-CONSENT',
    say: () => '您没有同意过使用人脸信息，或已经撤回。无需再撤回。',
  },
  SEB_REQUIRED: {
    clause: null,
    say: () => '这个考场要求使用考试专用浏览器，当前浏览器或其配置不符。请举手，由监考员检查机器。',
  },
  PERSON_NOT_ON_RECORD: {
    clause: null,
    say: () => '您还没有完成实名登记，不能登记照片。请先完成实名登记。',
  },
})
