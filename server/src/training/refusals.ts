import { defineRefusals } from '../platform/result.ts'

/** Of classes, announcements and the timetable. Enrolment and learning: `refusals-of-learners.ts`; papers: `refusals-of-papers.ts`. */
export const no = defineRefusals({
  CLASS_NOT_FOUND: { clause: null, say: () => '没有查到该培训班，或不在您的管理范围内。请核对后再查。' },
  FILED_PLAN_NOT_FOUND: {
    clause: 'HB-4.1',
    say: () =>
      '无法开班：没有找到本机构已备案的培训计划（鄂·四（一））。请先提交培训计划，省、市均受理后再建班。',
  },
  CLASS_BEYOND_PLAN: {
    clause: 'HB-4.1',
    say: ({ planned, left }: { planned: number; left: number }) =>
      `无法建班：备案计划共 ${planned} 人，尚可安排 ${left} 人（鄂·四（一））。请减少本班人数，或另行备案。`,
  },
  CLASS_COUNT_BEYOND_PLAN: {
    clause: 'HB-4.1',
    say: ({ classes }: { classes: number }) =>
      `无法建班：备案计划共 ${classes} 个班，均已建立（鄂·四（一））。需要增加的，请另行备案。`,
  },
  CLASS_DAYS_BEYOND_PLAN: {
    clause: 'HB-4.1',
    say: ({ from, to }: { from: string; to: string }) =>
      `无法建班：培训日期应在备案的 ${from} 至 ${to} 之内（鄂·四（一））。请调整日期，或另行备案。`,
  },
  CLASS_OUT_OF_PROVINCE: {
    clause: 'HB-6.2',
    say: () =>
      '无法建班：培训地点不在本机构目录所在省内，培训机构不得跨省开展培训（鄂·六（二））。请改用省内场地。',
  },
  CLASS_PROHIBITED: {
    clause: 'HB-6.2',
    say: ({ reason }: { reason: string }) => `无法办理：${reason}（鄂·六（二））。请改正后再提交。`,
  },
  CLASS_NAME_UNDER_REVIEW: {
    clause: 'HB-6.2',
    say: ({ words }: { words: string }) =>
      `暂不能办理：班级名称含“${words}”，正由主管部门核查是否跨省联合办班（鄂·六（二））。请等待核查结论，或改名重新建班。`,
  },
  CLASS_NAME_REJECTED: {
    clause: 'HB-6.2',
    say: ({ reason }: { reason: string }) =>
      `不能办理：班级名称核查未通过，${reason}（鄂·六（二））。请取消本班后改名重新建班。`,
  },
  CLASS_NAME_NOT_FLAGGED: {
    clause: 'HB-6.2',
    say: () => '该班级名称不在待核查之列，无需办理（鄂·六（二））。',
  },
  CLASS_STATE: {
    clause: 'HB-4.3',
    say: ({ state, act }: { state: string; act: string }) =>
      `该班级为“${state}”，不能${act}（鄂·四（三））。请刷新后查看当前可办理的事项。`,
  },
  FEE_NOT_PUBLISHED: {
    clause: 'HB-6.3',
    say: () => '无法发布公告：该职业和等级的培训收费标准尚未公布（鄂·六（三））。请先公布收费标准。',
  },
  ENROL_WINDOW_INVALID: {
    clause: 'HB-4.2',
    say: ({ problem }: { problem: string }) => `报名日期有误：${problem}（鄂·四（二））。请改正后再发布。`,
  },
  ADVERTISING_PROHIBITED: {
    clause: 'HB-6.2',
    say: ({ words }: { words: string }) =>
      `无法发布：公告中出现“${words}”，属于夸大培训效果或培训贷等禁止内容（鄂·六（二））。请删去后再发布。`,
  },
  ANNOUNCEMENT_HAS_ENROLMENTS: {
    clause: 'HB-4.2',
    say: ({ count }: { count: number }) =>
      `不能撤回公告：已有 ${count} 人报名（鄂·四（二））。请先逐一处理报名，或取消培训班。`,
  },
  NOBODY_ADMITTED: {
    clause: 'HB-4.2',
    say: () => '不能开班：还没有录取学员（鄂·四（二））。请先录取至少一名学员。',
  },
  ENROLMENTS_UNDECIDED: {
    clause: 'HB-4.2',
    say: ({ count }: { count: number }) =>
      `不能开班：还有 ${count} 人的报名未处理（鄂·四（二））。请先录取或说明理由不予录取。`,
  },
  TIMETABLE_SHORT: {
    clause: 'HB-4.3',
    say: ({ missing }: { missing: string }) =>
      `不能开班：课程表学时不足，${missing}（鄂·四（三））。请补充课程后再开班。`,
  },
  TEACHER_NOT_QUALIFIED: {
    clause: 'HB-6.2',
    say: ({ teachers, level, asked }: { teachers: string; level: string; asked: string }) =>
      `教师${teachers}的资格达不到${level}班要求：${asked}（鄂·六（二），具体标准待核实，可由省人社厅设定）。请更换教师或登记其资格。`,
  },
  TEACHER_NOT_FOUND: { clause: null, say: () => '没有查到该教师，或不属于本机构。请核对后再查。' },
  TEACHER_LEFT: {
    clause: null,
    say: ({ name }: { name: string }) => `教师${name}已离任，不能安排课程。请更换教师。`,
  },
  TEACHER_NOT_LEFT: { clause: null, say: () => '该教师在任，无需复任。' },
  TEACHER_HAS_LESSONS: {
    clause: 'HB-6.2',
    say: ({ count }: { count: number }) =>
      `不能离任：该教师还有 ${count} 节未上的课（鄂·六（二））。请先取消或改由他人授课。`,
  },
  QUALIFICATION_NOT_FOUND: { clause: null, say: () => '没有查到这条教师资格。请刷新后再看。' },
  LESSON_NOT_FOUND: { clause: null, say: () => '没有查到这节课，或不在您的管理范围内。请核对后再查。' },
  LESSON_OUTSIDE_CLASS: {
    clause: 'HB-4.3',
    say: ({ from, to }: { from: string; to: string }) =>
      `课程日期应在本班培训期 ${from} 至 ${to} 之内（鄂·四（三））。请调整日期。`,
  },
  LESSON_TOO_LONG: {
    clause: 'HB-4.3',
    say: ({ span }: { span: number }) => `课程时长超过起止时间（${span} 分钟）（鄂·四（三））。请调整时长。`,
  },
  LESSON_OVERLAPS: {
    clause: 'HB-4.3',
    say: ({ conflicts }: { conflicts: string }) =>
      `课程时间冲突：${conflicts}（鄂·四（三））。请调整时间、教师或教室。`,
  },
  NO_LESSON_DAYS: { clause: null, say: () => '所选日期范围内没有符合的上课日。请调整日期或星期。' },
  LESSON_IN_PAST: {
    clause: 'HB-4.3',
    say: () => '不能补排已经过去的课程（鄂·四（三））。请选择以后的时间。',
  },
  LESSON_HAS_ATTENDANCE: {
    clause: 'HB-4.3',
    say: () => '不能取消：该课程已有考勤记录（鄂·四（三））。',
  },
  LESSON_CANCELLED: { clause: 'HB-4.3', say: () => '该课程已经取消（鄂·四（三））。请查看课程表。' },
})
