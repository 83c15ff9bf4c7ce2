import { defineRefusals } from '../../platform/result.ts'

const AH11 = 'AH-11'

export const no = defineRefusals({
  BOARD_NOT_FOUND: { clause: null, say: () => '没有找到这个考场的监考台，或它不在您的范围内。' },
  SEATED_CANDIDATE_NOT_FOUND: { clause: null, say: () => '这名考生不在本考场。请刷新监考台后再试。' },
  BOARD_NOT_YOURS: {
    clause: AH11,
    say: ({ hall }: { hall: string }) =>
      `您没有被安排在${hall}监考，只能查看。需要处置时，请联系本考场监考员。`,
  },
  ATTEMPT_NOT_OPEN: {
    clause: AH11,
    say: () => '该考生没有正在进行的答卷：尚未进入或已经结束，不能这样处置。',
  },
  NOBODY_WRITING: { clause: AH11, say: () => '本考场没有正在进行的答卷，无法延长时间。' },
  ACT_PROPOSAL_NOT_FOUND: { clause: null, say: () => '没有找到这项待第二人确认的处置，可能已经办结。' },
  ACT_NEEDS_SECOND: {
    clause: AH11,
    say: () => '此项处置须由另一名监考员确认，提出人不能自己确认。请由同考场的另一名监考员办理。',
  },
  ACT_ALREADY_PROPOSED: {
    clause: AH11,
    say: () => '同一项处置已经提出，正在等第二名监考员确认，无需重复提出。',
  },
  ACT_NOT_PROPOSER: { clause: null, say: () => '只有提出人可以撤回这项处置。' },
  HALL_NOT_RUNNING: {
    clause: AH11,
    say: ({ state }: { state: string }) => `考场当前为「${state}」，不能这样处置。`,
  },
  SEAT_NOT_FREE: {
    clause: AH11,
    say: ({ seat }: { seat: string }) => `考位 ${seat} 已有考生或不可用。请另选一个空闲或备用考位。`,
  },
  ALERT_NOT_FOUND: { clause: null, say: () => '没有找到这条提醒，可能已经由他人处理。' },
  MISCONDUCT_NOT_FOUND: {
    clause: AH11,
    say: () => '该考生本科目没有违纪认定，无须撤销。请刷新后核对科目。',
  },
  MISCONDUCT_STANDS: {
    clause: AH11,
    say: () => '该考生本科目的违纪认定仍然有效。请先提出撤销违纪认定；因该认定而终止的考试会一并认定有误。',
  },
  ATTEMPT_NOT_TERMINATED: {
    clause: AH11,
    say: () => '该考生本科目的考试没有被终止，没有可认定有误的终止。',
  },
  TERMINATION_ANNULLED: {
    clause: AH11,
    say: () => '这次终止已由两名监考员认定有误，评价机构须为考生另行安排考试，无须重复提出。',
  },
  RESULTS_ARE_OUT: {
    clause: AH11,
    say: () => '本场成绩已经公布，监考台不能再撤销认定。请由评价机构按成绩更正办理。',
  },
  TILE_PICTURE_OLD: {
    clause: AH11,
    say: () => '监考台只显示最近画面。要看较早的抓拍，请在考试画面中写明用途后打开。',
  },
  MISCONDUCT_WITHOUT_EVIDENCE: {
    clause: AH11,
    say: () => '认定违纪须有证据。请选择一条提醒或抓拍，或上传现场照片。',
  },
})
