import { defineRefusals } from '../platform/result.ts'

/** Of enrolment, attendance and watching. */
export const no = defineRefusals({
  ANNOUNCEMENT_NOT_FOUND: {
    clause: 'HB-4.2',
    say: () => '没有查到这条招生公告，可能已经撤回（鄂·四（二））。请返回公告列表查看。',
  },
  REAL_NAME_NEEDED: {
    clause: 'HB-5.4',
    say: () => '报名前需要完成实名登记（鄂·五（四）实名制）。请先登记姓名和证件号码，再回到本页报名。',
  },
  ENROLMENT_NOT_OPEN: {
    clause: 'HB-4.2',
    say: ({ from, to }: { from: string; to: string }) =>
      `现在不在报名时间内，报名时间为 ${from} 至 ${to}（鄂·四（二））。`,
  },
  ENROLMENT_CLOSED: { clause: 'HB-4.2', say: () => '该班级已停止报名（鄂·四（二））。请查看其他招生公告。' },
  ENROLMENT_TWICE: {
    clause: 'HB-4.2',
    say: ({ state }: { state: string }) =>
      `您已在本班报名，当前为“${state}”，无需重复报名（鄂·四（二））。请在“我的课程”中查看。`,
  },
  AUDIENCE_NOT_MET: {
    clause: 'HB-2',
    say: ({ sentence }: { sentence: string; verdict: unknown }) =>
      `不能报名：${sentence.replace(/。$/, '')}（鄂·二）。`,
  },
  AUDIENCE_UNSAID: {
    clause: 'HB-2',
    say: ({ needs }: { needs: string; verdict: unknown }) =>
      `还不能判断您是否属于培训对象，请先补充：${needs}（鄂·二）。填写后再报名。`,
  },
  ENROLMENT_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这条报名记录，或不在您的管理范围内。请核对后再查。',
  },
  ENROLMENTS_NOT_OPEN: {
    clause: 'HB-4.2',
    say: ({ count, names }: { count: number; names: string }) =>
      `有 ${count} 条报名已处理过或已退出，本次未作任何改动：${names}（鄂·四（二））。请刷新后重新选择。`,
  },
  SEATS_FULL: {
    clause: 'HB-4.2',
    say: ({ seats, asked }: { seats: number; asked: number }) =>
      `名额不足：本次涉及候补 ${asked} 人，空余名额 ${seats} 个（鄂·四（二））。请减少录取人数，或先处理其他报名。`,
  },
  AUDIENCE_UNCHECKED: {
    clause: 'HB-2',
    say: ({ count, names }: { count: number; names: string }) =>
      `有 ${count} 人的培训对象条件尚需核验材料或人工认定：${names}（鄂·二）。请核验后填写核验说明，再录取。`,
  },
  ENROLMENT_STATE: {
    clause: 'HB-4.2',
    say: ({ state, act }: { state: string; act: string }) =>
      `您的报名为“${state}”，不能${act}（鄂·四（二））。`,
  },
  ROSTER_EMPTY: { clause: null, say: () => '名单中没有可读取的学员。请使用模板填写后再导入。' },
  ROSTER_UNREADABLE: {
    clause: null,
    say: ({ problem }: { problem: string }) => `无法读取表格：${problem}。请使用模板填写后再导入。`,
  },
  CLASS_NOT_RUNNING: {
    clause: 'HB-4.3',
    say: ({ state }: { state: string }) =>
      `该班级为“${state}”，现在不能记录学习（鄂·四（三））。请向培训机构咨询。`,
  },
  NOT_ENROLLED: {
    clause: 'HB-4.3',
    say: () => '您不是本班已录取的学员，不能签到或学习本课程（鄂·四（三））。请向培训机构咨询。',
  },
  LEARNER_LESSON_NOT_FOUND: { clause: null, say: () => '没有查到这节课。请从“我的课程”重新进入。' },
  LESSON_NOT_ON: {
    clause: 'HB-4.3',
    say: ({ from, to }: { from: string; to: string }) =>
      `现在不在可签到或学习的时间内，时间为 ${from} 至 ${to}（鄂·四（三））。`,
  },
  LESSON_MODE: {
    clause: 'HB-4.3',
    say: ({ act }: { act: string }) => `本课程的上课方式不支持${act}（鄂·四（三））。`,
  },
  LEARNER_LESSON_CANCELLED: { clause: 'HB-4.3', say: () => '该课程已经取消（鄂·四（三））。请查看课程表。' },
  DOOR_CODE_FORGED: {
    clause: 'HB-4.3',
    say: () => '签到码无效（鄂·四（三））。请在教室门口现场扫描本节课的二维码。',
  },
  DOOR_CODE_EXPIRED: {
    clause: 'HB-4.3',
    say: () => '签到码已过期（鄂·四（三））。请重新扫描教室门口正在显示的二维码。',
  },
  CHECKED_IN_ALREADY: {
    clause: 'HB-4.3',
    say: ({ at }: { at: string }) => `您已于 ${at} 登记本节课考勤，无需重复签到（鄂·四（三））。`,
  },
  MARK_TOO_LONG: {
    clause: 'HB-4.3',
    say: ({ minutes }: { minutes: number }) =>
      `登记时长不能超过本节课的 ${minutes} 分钟（鄂·四（三））。请改正后再提交。`,
  },
  LESSON_NOT_BEGUN: {
    clause: 'HB-4.3',
    say: () => '课程尚未开始，不能登记考勤（鄂·四（三））。请在开课后登记。',
  },
  WATCHING_ELSEWHERE: {
    clause: 'HB-4.3',
    say: () =>
      '您已在另一个页面或设备上开始学习，此处不再计时（鄂·四（三））。如要在此继续，请点“在此继续学习”。',
  },
  WATCH_SESSION_NOT_FOUND: { clause: null, say: () => '这次学习已经结束。请从“我的课程”重新进入。' },
})
