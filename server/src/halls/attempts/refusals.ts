import { defineRefusals } from '../../platform/result.ts'

export const no = defineRefusals({
  ATTEMPT_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这场考试的作答记录。请举手告知监考员。',
  },
  LEASE_SECRET_INVALID: {
    clause: null,
    say: () => '这台机器没有进入这场考试，内容未提交。请举手告知监考员。',
  },
  LEASE_MOVED: {
    clause: null,
    say: () => '监考员已让您换到另一台机器，这台机器不再接收作答。请到新机位继续；已保存的答案都在。',
  },
  LEASE_HELD: {
    clause: null,
    say: () => '您已在另一台机器上进入考试。如需换机，请举手，由监考员放行后再进入。',
  },
  HALL_AT_NODE: {
    clause: null,
    say: () =>
      '这个考场正由考点节点承办，作答只在考点节点上进行。请改用考点节点的地址；如有疑问请联系监考员。',
  },
  PAPER_KEY_HELD_BACK: {
    clause: 'AH-10',
    say: () => '试卷还没有解封，请在座位上稍候。监考员正在等待省平台放行，或由两名保管人共同解封。',
  },
  ATTEMPT_NOT_STARTED: {
    clause: null,
    say: () => '考试还没有开始作答。请先点击「开始答题」。',
  },
  START_TOO_EARLY: {
    clause: 'AH-10',
    say: ({ time }: { time: string; opensAt: string }) =>
      `还没有到开考时间（${time}）。请安静等候，到时即可开始。`,
  },
  START_TOO_LATE: {
    clause: 'AH-10',
    say: () => '已超过入场时限，不能开始答题。请举手告知监考员。',
  },
  ATTEMPT_PAUSED: {
    clause: null,
    say: () => '考试已暂停，您的时间也停住了。您写的内容留在这台机器上，恢复后自动提交。',
  },
  ATTEMPT_CLOSED: {
    clause: 'AH-10',
    say: ({ why }: { why: 'handed_in' | 'timed_out' | 'terminated' }) =>
      ({
        handed_in: '您已交卷，不能再修改答案。',
        timed_out: '考试时间已到，以最后一次保存的答案为准，不能再修改。',
        terminated: '这场考试已被监考员终止，不能再作答。如有异议，请当场说明或考后申诉。',
      })[why] ?? '考试已结束，不能再修改答案。',
  },
  HAND_IN_TOO_EARLY: {
    clause: 'AH-10',
    say: ({ time, minutes }: { time: string; minutes: number; from: string }) =>
      `开始答题 ${minutes} 分钟后才可以交卷（${time} 起）。请再检查一遍。`,
  },
  HAND_IN_DIFFERS: {
    clause: null,
    say: ({ count }: { count: number; differing: string[] }) =>
      `有 ${count} 道题与服务器上的不一致，还没有交卷。请等待这些题保存后再交卷。`,
  },
  ANSWER_FILE_MISSING: {
    clause: null,
    say: () => '没有收到文件。请重新选择文件上传。',
  },
  ANSWER_ITEM_TAKES_NO_FILE: {
    clause: null,
    say: () => '这道题不收文件。请检查是否选错了题。',
  },
  ATTEMPTS_ALL_CLOSED: {
    clause: null,
    say: () => '所选考生都已交卷或结束，没有可以执行的对象。',
  },
  RECEIPT_NOT_FOUND: {
    clause: null,
    say: () => '没有查到与这份回执相符的记录。请核对回执编号的每一位，或向评价机构查询。',
  },
  SEALED_EXPORT_MISSING: { clause: null, say: () => '没有收到文件。请选择考生机器上导出的密封答案文件。' },
  SEALED_EXPORT_ELSEWHERE: {
    clause: null,
    say: () => '这个文件属于其他考场的考生，未导入。请由该考生所在考场的监考员导入。',
  },
  SEALED_EXPORT_UNREADABLE: {
    clause: null,
    say: () => '这个文件不是本平台封存的作答文件，或内容已被改动，未导入。请换用原始文件。',
  },
})
