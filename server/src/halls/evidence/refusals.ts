import { defineRefusals } from '../../platform/result.ts'

export const no = defineRefusals({
  EVIDENCE_MISSING: { clause: null, say: () => '没有收到画面。页面会自动重试，您可以继续答题。' },
  EVIDENCE_NOT_FIT: {
    clause: null,
    say: ({ kind }: { kind: string }) => `收到的不是${kind}，没有保存。请举手，由监考员检查摄像头。`,
  },
  EVIDENCE_TOO_LATE: {
    clause: null,
    say: ({ hours }: { hours: number }) => `考试结束已超过 ${hours} 小时，不再接收画面。`,
  },
  SEGMENT_DIFFERS: {
    clause: null,
    say: ({ run, segment }: { run: string; segment: number }) =>
      `录像 ${run} 的第 ${segment} 段已存有另一份内容，不能替换。请用新的一次录制继续。`,
  },
  EVIDENCE_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这场考试的画面记录，或不在您的管理范围内。请核对后再查。',
  },
  HOLD_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这项保全，可能已经解除，或不在您的管理范围内。请刷新后核对。',
  },
  HOLD_STANDS_ALREADY: {
    clause: 'FACE-KEEP',
    say: () => '该考生的画面已在保全中，无须重复提出。',
  },
  HOLD_OF_NOTHING: {
    clause: 'FACE-KEEP',
    say: () => '该考生的抓拍和录像已全部按期限删除，没有可保全的画面。请查看删除记录。',
  },
  HOLD_DECIDED: { clause: 'FACE-KEEP', say: () => '这项保全已由第二人答复，无须再次办理。请刷新后查看。' },
  HOLD_NEEDS_SECOND: {
    clause: 'FACE-KEEP',
    say: () => '保全和解除保全都须由另一人确认，提出人不能自己确认。请由同事在待办中办理。',
  },
  HOLD_NOT_PROPOSER: { clause: null, say: () => '只有提出人可以撤回。不同意时，请选择不同意并写明理由。' },
  HOLD_NOT_YOURS: {
    clause: 'FACE-KEEP',
    say: () => '保全和解除保全由评价机构管理员、市州和省级人社部门办理。需要保全时，请联系他们。',
  },
  HOLD_UNCONFIRMED: {
    clause: 'FACE-KEEP',
    say: () => '这项保全还在等第二人确认。不需要保全时，由提出人撤回，或由第二人答复不同意。',
  },
  LIFT_ALREADY_PROPOSED: {
    clause: 'FACE-KEEP',
    say: () => '解除保全已经提出，正在等第二人确认，无须重复提出。',
  },
  LIFT_NOT_PROPOSED: { clause: 'FACE-KEEP', say: () => '还没有人提出解除这项保全。请刷新后查看。' },
  EVIDENCE_DELETED: {
    clause: 'FACE-KEEP',
    say: ({ on }: { on: string }) => `画面已按保存期限于 ${on} 删除，只留下删除记录。`,
  },
})
