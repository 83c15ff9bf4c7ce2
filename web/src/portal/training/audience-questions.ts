import type { OutputOf, PortalApi } from '../../ui/api.ts'

export type Choices = OutputOf<PortalApi, 'people.fact-choices'>
export type AudienceKind = 'retirement' | 'employment' | 'education' | 'skillPosts'
export type Answers = Record<string, string>

export interface Question {
  /** Field of the fact, or a name of our own for a question that only leads on. */
  name: string
  title: string
  /** Why we ask, or how to answer: one line. */
  why: string
  day?: boolean
  choices?: readonly { value: string; label: string; hint?: string }[]
}

/** The kind of fact a missing statement is about; `at` is the policy's own path (`employment`, `education[0].schoolKind`). */
export function kindOfNeed(at: string): AudienceKind | undefined {
  const kind = /^[a-zA-Z]+/.exec(at)?.[0] ?? ''
  return kind in QUESTIONS ? (kind as AudienceKind) : undefined
}

/** The next question of a kind, one a screen; undefined once all is said. */
export function nextQuestion(kind: AudienceKind, said: Answers, of: Choices): Question | undefined {
  return QUESTIONS[kind](said, of).find((question) => said[question.name] === undefined)
}

/** Which questions a kind asks, given what was answered so far (HB-2 培育对象). */
const QUESTIONS: Record<AudienceKind, (said: Answers, of: Choices) => Question[]> = {
  retirement: () => [
    {
      name: 'retired',
      title: '您是否已办理退休？',
      why: '培育对象不含已退休人员。',
      choices: [
        { value: 'no', label: '没有退休' },
        { value: 'yes', label: '已经退休' },
      ],
    },
  ],
  employment: (said, of) => [
    {
      name: 'status',
      title: '您现在的工作情况是哪一种？',
      why: '培育对象按从业状态确定，请如实选择。',
      choices: [
        ...of.employmentStatuses.map((value) => ({ value, ...STATUS_WORDS[value], label: labelOf(value) })),
        { value: ENDED, label: '以前工作过，现在没有工作', hint: '也不打算从事数字技术领域工作' },
        { value: NONE, label: '没有工作过', hint: '如在校学生' },
      ],
    },
    ...(said.status === NONE || said.status === INTENDS || said.status === undefined
      ? []
      : [
          {
            name: 'from',
            title: said.status === ENDED ? '最近一份工作从哪天开始？' : '从哪天开始的？',
            why: '记不清具体日期的，填当月 1 日。',
            day: true,
          },
        ]),
    ...(said.status === ENDED
      ? [{ name: 'to', title: '到哪天结束？', why: '记不清具体日期的，填当月最后一天。', day: true }]
      : []),
  ],
  education: (said, of) => [
    {
      name: 'status',
      title: '您现在在校读书吗？',
      why: '普通高校毕业学年学生属于培育对象。',
      choices: [
        { value: '在读', label: '在读' },
        { value: '毕业', label: '已经毕业' },
      ],
    },
    {
      name: 'degree',
      title: said.status === '毕业' ? '您的最高学历是什么？' : '您在读的是什么学历？',
      why: '按学历证书上的写法选。',
      choices: of.degrees.map((value) => ({ value, label: value })),
    },
    ...(said.status === '毕业'
      ? []
      : [
          {
            name: 'schoolKind',
            title: '您的学校是哪一类？',
            why: '政策所说的普通高校包括高等职业学校。',
            choices: of.schoolKinds.map((value) => ({ value, label: value })),
          },
        ]),
    {
      name: 'graduatesOn',
      title: said.status === '毕业' ? '您哪天毕业的？' : '您预计哪天毕业？',
      why: said.status === '毕业' ? '按毕业证书上的日期。' : '据此判断您是否已进入毕业学年。',
      day: true,
    },
  ],
  skillPosts: (said, of) => [
    {
      name: 'skillLevel',
      title: '您是用人单位在聘的高技能人才吗？',
      why: '在聘的高技能人才可以参加相应等级的培训。',
      choices: [
        { value: NONE, label: '不是' },
        ...of.skillLevels.map((value) => ({ value, label: `是，受聘为${value}` })),
      ],
    },
    ...(said.skillLevel === NONE
      ? []
      : [{ name: 'from', title: '从哪天起受聘？', why: '按聘书或合同上的日期。', day: true }]),
  ],
}

const NONE = 'none'
const ENDED = 'ended'
const INTENDS = '拟从事'
const STATUS_WORDS: Record<string, { label: string; hint?: string }> = {
  在岗: { label: '在岗', hint: '在单位上班，从事数字技术领域工作' },
  拟从事: { label: '打算从事', hint: '打算从事数字技术领域工作，如正在求职、准备转行' },
  灵活就业: { label: '灵活就业' },
  新就业形态: { label: '新就业形态', hint: '依托互联网平台就业' },
  自由职业: { label: '自由职业' },
}
const labelOf = (status: string) => STATUS_WORDS[status]?.label ?? status

/** The answers as the fact to state. `today` is the server's day: whoever intends to begin intends it from today. */
export function factOf(kind: AudienceKind, said: Answers, today: string): Record<string, unknown> {
  if (kind === 'retirement') return { retired: said.retired === 'yes' }
  if (said.status === NONE || said.skillLevel === NONE) return { none: true }
  if (said.status === INTENDS) return { status: INTENDS, from: today }
  return said.status === ENDED ? { ...said, status: '在岗' } : { ...said }
}
