export const PARTS = { theory: '理论知识考试', ability: '专业能力考核' } as const
