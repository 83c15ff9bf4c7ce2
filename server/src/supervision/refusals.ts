import { defineRefusals } from '../platform/result.ts'

export const no = defineRefusals({
  TARGET_CITY_NOT_FOUND: {
    clause: 'HB-1',
    say: () => '无法设定：本省没有这个市州。请从列表中选择。',
  },
  TARGET_BELOW_CITIES: {
    clause: 'HB-1',
    say: ({ cities, people }: { cities: number; people: number }) =>
      `无法设定：各市州目标合计 ${cities} 人，已超过全省目标 ${people} 人。请先调整市州目标，或提高全省目标。`,
  },
})
