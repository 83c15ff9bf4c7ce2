import { stringify } from 'yaml'
import type { Policy } from '../../../../policy/src/index.ts'
import { sha256Of } from '../../platform/policy-book.ts'
import type { Basis, RevisionContent, Target } from '../revision.ts'
import { ownRule } from './raw-text.ts'

/** Where a revision's text stands among the packs, as receipts name it. */
export function packPath(jurisdiction: string, number: string): string {
  return `packs/${jurisdiction}/revisions/${number}.yaml`
}

/** A clause that is new with its document is named by the document's number, which is Chinese as it stands. */
export function clauseOf(basis: Basis): string {
  return basis.kind === 'clause' ? basis.clause : `${basis.number}·${basis.title}`
}

/** The pack document of a revision: same content, same bytes. Half-filled forms have a text too; the loader says what is wrong. */
export function packText(
  policy: Policy,
  target: Target,
  content: Pick<RevisionContent, 'fromOn' | 'basis' | 'body' | 'reason'>,
): { text: string; sha: string } {
  const dated = { 自: content.fromOn ?? '', 条款: clauseOf(content.basis) }
  const body = inOrder(content.body) as RevisionContent['body']
  const document = { ...newDocument(content), ...changed(policy, target, dated, { ...content, body }) }
  const text = stringify(document, {
    lineWidth: 110,
    defaultStringType: 'PLAIN',
    aliasDuplicateObjects: false,
  })
  return { text, sha: sha256Of(text) }
}

const BEFORE_THE_CONDITION = ['当', '前提', '排除', '情形', '路径', '例外', '效果', '替代', '名称']
const AFTER_IT = ['条款', '条件', '自动', '标签', '说明', '证明']

/** The database keeps no order of keys, a browser any: the text must not depend on either. Keys as a pack writes them. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  const rank = (key: string) =>
    BEFORE_THE_CONDITION.includes(key) ? BEFORE_THE_CONDITION.indexOf(key) : 100 + AFTER_IT.indexOf(key)
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]))
}

function changed(
  policy: Policy,
  target: Target,
  dated: { 自: string; 条款: string },
  content: Pick<RevisionContent, 'body' | 'reason'>,
): object {
  const { body } = content
  switch (target.kind) {
    case 'version': {
      const rule = ownRule(policy, target.jurisdiction, target.rule)
      const 版本 = [{ ...dated, 来源状态: 'confirmed', ...body }]
      return {
        规则: [
          {
            规则: target.rule,
            名称: rule?.name,
            事项: rule?.matter,
            需要: [...(rule?.asks ?? [])],
            证明: rule?.proof,
            确认: rule?.confirms,
            版本,
          },
        ],
      }
    }
    case 'filling':
      return { 落实: [{ 规则: target.rule, 事项: target.part, ...dated, ...body }] }
    case 'parameter': {
      const entry = policy.parameters.find(
        (one) => one.参数 === target.rule && one.jurisdiction === target.jurisdiction,
      )
      const keys = target.part === '' ? [] : target.part.split('/')
      const key = Object.fromEntries((entry?.键 ?? []).map((name, i) => [name, keys[i] ?? '']))
      return {
        参数: [
          {
            参数: target.rule,
            名称: entry?.名称,
            单位: entry?.单位,
            键: [...(entry?.键 ?? [])],
            条款: dated.条款,
            值: [
              {
                ...key,
                自: dated.自,
                值: body.值 ?? null,
                来源状态: 'confirmed',
                来源: dated.条款,
                说明: content.reason || undefined,
              },
            ],
          },
        ],
      }
    }
  }
}

function newDocument({ basis, fromOn }: Pick<RevisionContent, 'basis' | 'fromOn'>): object {
  if (basis.kind === 'clause') return {}
  return {
    文件: [
      {
        文件: basis.number,
        名称: basis.name,
        文号: basis.number,
        发文机关: basis.issuer,
        日期: basis.issuedOn,
        施行: fromOn,
        效力: '有效',
      },
    ],
    条款: [{ 条款: clauseOf(basis), 文件: basis.number, 标题: basis.title, 大意: basis.paraphrase }],
  }
}
