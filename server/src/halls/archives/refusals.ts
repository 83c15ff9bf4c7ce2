import { defineRefusals } from '../../platform/result.ts'

const AH11 = 'AH-11'

export const no = defineRefusals({
  ARCHIVE_SITTING_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这场机考，或不在您的管理范围内。请核对后再查。',
  },
  HALL_ALREADY_CLOSED: { clause: null, say: () => '这场机考已经结束，不需要再次办理。' },
  HALL_ATTEMPTS_OPEN: {
    clause: 'AH-10',
    say: ({ count }: { count: number }) =>
      `还有 ${count} 份答卷没有收回，不能结束。请等到最后一名考生的时间用完，系统会自动收卷。`,
  },
  ABSENCE_UNCONFIRMED: {
    clause: 'HB-4.4',
    say: ({ count }: { count: number }) =>
      `有 ${count} 人次到考试时间结束没有开始作答，也没有登记缺考（鄂·四（四））。请刷新后核对人数，确认同时登记缺考，再结束机考。`,
  },
  HALL_WITHOUT_ATTEMPTS: { clause: 'AH-10', say: () => '这场机考没有封装过试卷，没有可以结束的答卷。' },
  HALL_STILL_OPEN: {
    clause: AH11,
    say: () => '这场机考还没有结束，不能制作档案。请先结束机考。',
  },
  ARCHIVE_IN_PROGRESS: { clause: null, say: () => '正在制作档案，请稍候再查看。' },
  ARCHIVE_NOT_FOUND: { clause: null, say: () => '没有查到这份档案，或不在您的管理范围内。请核对后再查。' },
  ARCHIVE_NOT_MADE: { clause: null, say: () => '这份档案还在制作中，请稍候再下载。' },
  REPLAY_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这份答卷，或不在您的查看范围内。请核对后再查。',
  },
  REPLAY_STILL_OPEN: {
    clause: AH11,
    say: () => '这份答卷还在作答中，交卷后才能回放。',
  },
  ANSWER_FILE_NOT_FOUND: {
    clause: null,
    say: () => '这份答卷里没有这个文件。请刷新后从作答轨迹中打开。',
  },
  REPLAY_BEFORE_RESULTS: {
    clause: AH11,
    say: () => '成绩公布以后才能查看作答轨迹。请在成绩公布后再来。',
  },
})
