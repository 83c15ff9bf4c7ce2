import { defineRefusals } from '../platform/result.ts'

// The order of a revision is the platform's own (two people, nothing backwards): these rest on no clause of a notice.
export const no = defineRefusals({
  RULE_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这条规则，或它不在您的管辖范围内。请从规则列表中选择。',
  },
  RULE_NOT_OWN: {
    clause: null,
    say: ({ rule }: { rule: string }) =>
      `“${rule}”不是本省的规则，不能由本省修订。国家规则只能落实其中留给下级规定的事项。`,
  },
  TERM_NOT_DELEGATED: {
    clause: null,
    say: ({ term }: { term: string }) =>
      `规则没有把“${term}”留给下级规定，本省不能另行规定。请选择规则中标明由下级规定的事项。`,
  },
  FIGURE_NOT_OWN: {
    clause: null,
    say: ({ figure }: { figure: string }) =>
      `参数“${figure}”不是本省的参数，或尚待核实。待核实的参数请在“参数核实”中提出取值。`,
  },
  REVISION_NOT_FOUND: {
    clause: null,
    say: () => '没有查到这份规则修订，或它不属于本省。请返回列表核对。',
  },
  REVISION_ALREADY_OPEN: {
    clause: null,
    say: ({ number, by }: { number: string; by: string }) =>
      `这条规则已有一份在办的修订（${number}，${by}起草），同时只能办一份。请打开那份修订继续办理，或先撤回它。`,
  },
  REVISION_NOT_OPEN: {
    clause: null,
    say: ({ state }: { state: string }) =>
      `这份修订现在是“${state}”，不能办理此事项。请刷新页面查看最新状态。`,
  },
  REVISION_CHANGED_MEANWHILE: {
    clause: null,
    say: () => '这份修订刚刚由他人保存过，您的改动未保存。请复制您填写的内容，刷新后再修改。',
  },
  REVISION_HAS_PROBLEMS: {
    clause: null,
    say: ({ count, first }: { count: number; first: string }) =>
      `修订还有 ${count} 处问题，不能提交确认。第一处：${first}。请逐处改正。`,
  },
  REVISION_EXAMPLE_FAILS: {
    clause: null,
    say: ({ name, expected, found }: { name: string; expected: string; found: string }) =>
      `例子“${name}”应为“${expected}”，按新文字却是“${found}”，不能提交确认。请修改规则，或更正例子。`,
  },
  REVISION_DAY_PAST: {
    clause: null,
    say: ({ fromOn, today }: { fromOn: string; today: string }) =>
      `施行日 ${fromOn} 早于今天 ${today}：规则只向后生效，不追溯已经作出的决定。请退回，改用今天或以后的日期。`,
  },
  REVISION_SAME_PERSON: {
    clause: null,
    say: () => '您起草或提交了这份修订，须由本厅另一位经办人核对。请通知同事在待办中办理。',
  },
  REVISION_NOT_RECKONED: {
    clause: null,
    say: () => '还没有按最终文字测算受影响的人员，不能确认。请先完成测算并查看结果。',
  },
  RECKONING_NOT_POSSIBLE: {
    clause: null,
    say: ({ first }: { first: string }) => `文字还有问题，无法测算受影响的人员：${first}。请先改正。`,
  },
})
