import type { StateWords } from '../../ui/desk/index.ts'

export const REPORT_WORDS: StateWords = {
  drafted: ['待报送', 'waiting'],
  submitted: ['待省级确认', 'running'],
  returned: ['省级退回', 'refused'],
  confirmed: ['已确认，待报国家', 'running'],
  exported: ['国家审核中', 'running'],
  national_returned: ['国家退回', 'refused'],
  audited: ['审核通过，待颁发', 'waiting'],
  issued: ['已颁发', 'done'],
}

export const ITEM_WORDS: StateWords = {
  included: ['拟发证', 'running'],
  withheld: ['暂不报送', 'idle'],
  approved: ['审核通过', 'done'],
  national_returned: ['国家退回', 'refused'],
  issued: ['已发证', 'done'],
}

export const CERTIFICATE_WORDS: StateWords = {
  issued: ['有效', 'done'],
  corrected: ['已更正', 'idle'],
  withdrawn: ['已撤销', 'refused'],
}

export const CHANGE_WORDS: Record<string, string> = {
  correction: '更正',
  withdrawal: '撤销',
  reinstatement: '恢复',
}

export const LEVELS = ['初级', '中级', '高级'].map((level) => ({ value: level, label: level }))
