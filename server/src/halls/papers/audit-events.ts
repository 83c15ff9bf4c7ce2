import { defineAuditEvents } from '../../platform/audit.ts'

const AH10 = 'AH-10'
const HB44 = 'HB-4.4'

export const events = defineAuditEvents({
  'paper.imported': {
    title: '导入试卷',
    clause: AH10,
    doc: 'data: part, title, items, forms, itemsSha256; replaces: the paper before it, which stays as it was.',
  },
  'joint-paper.imported': {
    title: '导入统考试卷',
    clause: AH10,
    doc: 'data: part, title, items, itemsSha256, replaces; unsealed: sittings that must be sealed again.',
  },
  'joint-paper.approved': {
    title: '复核通过统考试卷',
    clause: AH10,
    doc: 'By a second person. data: part, itemsSha256, importedBy.',
  },
  'joint-paper.taken': {
    title: '取用统考试卷',
    clause: AH10,
    doc: 'A sitting takes the paper of its joint examination when it seals. data: part, itemsSha256.',
  },
  'paper.previewed': {
    title: '预览试卷',
    clause: AH10,
    doc: 'As a candidate would see it. data: part, form.',
  },
  'paper.keys-read': { title: '查看试卷答案', clause: AH10, doc: 'data: part, purpose.' },
  'paper.approved': {
    title: '复核通过试卷',
    clause: AH10,
    doc: 'By a second person. data: part, itemsSha256, importedBy.',
  },
  'papers.sealing-requested': {
    title: '开始封装考生试卷',
    clause: AH10,
    doc: 'data: expected; replaced: papers sealed before, now void.',
  },
  'papers.sealed': {
    title: '封装考生试卷完成',
    clause: AH10,
    doc: 'Every candidate has a paper under a key of its own. data: papers, forms.',
  },
  'attempts.scored': {
    title: '计算机阅卷',
    clause: HB44,
    doc: 'data: part, scored, passedUp, waiting (items people must mark).',
  },
  'paper.key-change-proposed': {
    title: '提出试题答案更正',
    clause: HB44,
    doc: 'data: part, item, void, reason.',
  },
  'paper.key-change-rejected': {
    title: '不同意试题答案更正',
    clause: HB44,
    doc: 'data: part, item, reason.',
  },
  'paper.key-changed': {
    title: '更正试题答案并重新计分',
    clause: HB44,
    doc: 'By a second person. data: part, item, void, reason, changed (scores), corrections (after publication); family: by the province, over every sitting of a joint examination.',
  },
  'joint-paper.key-change-proposed': {
    title: '提出统考试题答案更正',
    clause: AH10,
    doc: 'data: part, item, void, reason.',
  },
  'joint-paper.key-change-rejected': {
    title: '不同意统考试题答案更正',
    clause: AH10,
    doc: 'data: part, item, reason.',
  },
  'joint-paper.key-changed': {
    title: '更正统考试题答案',
    clause: AH10,
    doc: 'By a second person of the province; every sitting follows by itself. data: part, item, void, reason, sittings.',
  },
  'joint-paper.key-change-failed': {
    title: '统考试题答案更正在场次中未办成',
    clause: AH10,
    doc: 'Nothing of it was done in this sitting. data: part, item, code.',
  },
  'joint-paper.key-change-resumed': {
    title: '再次办理统考试题答案更正',
    clause: AH10,
    doc: 'For sittings that had refused it. data: part, item, sittings.',
  },
})
