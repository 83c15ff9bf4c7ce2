import { defineAuditEvents } from '../platform/audit.ts'

export const events = defineAuditEvents({
  'official-data.loaded': {
    title: '载入公开数据',
    clause: 'HB-6.2',
    doc: 'The published occupations, institutions and standards were loaded or refreshed. data: counts of new rows.',
  },
  'occupation.listed': {
    title: '列入职业目录',
    clause: 'HB-6.2',
    doc: 'An occupation entered the catalogue. data: occupation, fromOn, source.',
  },
  'occupation.listing-ended': {
    title: '移出职业目录',
    clause: 'HB-6.2',
    doc: 'An occupation leaves the catalogue. data: occupation, toOn, reason.',
  },
  'institution.listed': {
    title: '列入机构目录',
    clause: 'HB-6.2',
    doc: 'An institution entered a catalogue. data: catalogue, name, fromOn, source, flags, importId (when imported).',
  },
  'institution.listing-changed': {
    title: '变更目录记录',
    clause: 'HB-6.2',
    doc: 'A row was ended and another follows it. data: catalogue, name, fromOn, before, after.',
  },
  'institution.listing-ended': {
    title: '移出机构目录',
    clause: 'HB-6.2',
    doc: 'An institution leaves a catalogue. data: catalogue, name, toOn, reason.',
  },
  'institution.name-reviewed': {
    title: '复核机构名称',
    clause: 'HB-6.2',
    doc: 'An officer looked at a flagged name. data: outcome (cleared, confirmed), reason.',
  },
  'catalogue.import-previewed': {
    title: '预览目录导入',
    clause: 'HB-6.2',
    doc: 'A file was read and checked; nothing changed yet. data: catalogue, sha256, good, bad.',
  },
  'catalogue.import-confirmed': {
    title: '确认目录导入',
    clause: 'HB-6.2',
    doc: 'The good rows of a previewed file entered the catalogue. data: catalogue, sha256, listed, left.',
  },
  'subsidy-standard.listed': {
    title: '列入补贴标准目录',
    clause: 'HB-5.4',
    doc: 'A subsidy standard was added. data: name, amountCents, fromOn, supersedes (when it follows another).',
  },
  'subsidy-standard.ended': {
    title: '终止补贴标准',
    clause: 'HB-5.4',
    doc: 'A subsidy standard ends. data: name, toOn, reason.',
  },
  'fee.published': {
    title: '公布收费标准',
    clause: 'HB-6.3',
    doc: 'A fee was published with its basis. data: kind, occupation, level, amountCents, fromOn.',
  },
  'filing.drafted': { title: '新建备案', clause: 'HB-4.1', doc: 'A filing was begun. data: title.' },
  'filing.revised': {
    title: '开始补正',
    clause: 'HB-4.1',
    doc: 'A returned filing was changed for the first time.',
  },
  'filing.file-added': { title: '添加附件', clause: 'HB-4.1', doc: 'data: kind, sha256.' },
  'filing.file-removed': { title: '移除附件', clause: 'HB-4.1', doc: 'data: kind, sha256.' },
  'filing.proposed': {
    title: '送评价机构商定',
    clause: 'HB-4.1',
    doc: 'The plan went to the evaluation institution. data: digest.',
  },
  'filing.recalled': {
    title: '撤回商定',
    clause: 'HB-4.1',
    doc: 'The training institution took the plan back before submitting it. data: from (state).',
  },
  'filing.agreed': {
    title: '评价机构同意',
    clause: 'HB-4.1',
    doc: 'The evaluation institution agreed the assessment plan. data: digest.',
  },
  'filing.agreement-refused': {
    title: '评价机构退回商定',
    clause: 'HB-4.1',
    doc: 'The evaluation institution sent the plan back. data: reason.',
  },
  'filing.submitted': {
    title: '提交备案',
    clause: 'HB-4.1',
    doc: 'The plan went to province and city. data: number, round, digest, decisions (policy decisions it rests on).',
  },
  'filing.received': {
    title: '受理',
    clause: 'HB-4.1',
    doc: 'Province or city received the filing. data: office, round, receiptNumber.',
  },
  'filing.returned': {
    title: '退回补正',
    clause: 'HB-4.1',
    doc: 'Province or city returned the filing. data: office, round, reason, clause.',
  },
  'filing.filed': {
    title: '完成备案',
    clause: 'HB-4.1',
    doc: 'Both offices have received it: the plan may be carried out. data: number, round.',
  },
  'filing.withdrawn': { title: '撤回备案', clause: 'HB-4.1', doc: 'data: reason, from (state).' },
  'setting.proposed': {
    title: '提出参数取值',
    clause: null,
    doc: 'An officer proposed a figure the texts leave open. data: parameter, value, source.',
  },
  'setting.confirmed': {
    title: '确认参数取值',
    clause: null,
    doc: 'A second officer confirmed it; it now counts. data: parameter, value, fromOn.',
  },
  'setting.rejected': {
    title: '不予确认参数',
    clause: null,
    doc: 'A proposed figure was turned down or taken back. data: parameter, value, reason.',
  },
})
