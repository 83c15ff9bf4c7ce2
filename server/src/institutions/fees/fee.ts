/**
 * Fee 收费标准 (HB-6.3): published with its cost basis before anybody enrols, public with its history. A published
 * fee is never edited; a new one follows it from a later day, and the old one ends the day before.
 */
export const FEE_KINDS = { training: '培训费', assessment: '考核费' } as const
export type FeeKind = keyof typeof FEE_KINDS
