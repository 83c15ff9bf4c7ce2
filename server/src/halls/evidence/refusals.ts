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
  EVIDENCE_DELETED: {
    clause: 'FACE-KEEP',
    say: ({ on }: { on: string }) => `画面已按保存期限于 ${on} 删除，只留下删除记录。`,
  },
})
