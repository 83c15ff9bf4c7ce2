// One form of a paper: the same items, in an order of its own. Pure, so that a form can be made again years later.
import { createHash } from 'node:crypto'
import type { Paper, PaperContent, PaperHead, PaperItem, StoredItem } from './paper.ts'

/** The form a candidate of this seat's letter gets: seats may be lettered further than the paper has forms of one. */
export function formOf(head: Pick<PaperHead, 'forms'>, letter: string): string {
  return head.forms === 1 ? 'A' : letter
}

/**
 * Items are put in order within their group, options within their item, both by a hash under the paper's secret
 * seed: nobody can foretell a neighbour's order. A scenario's items stay in their order, and so do judgements and
 * options that were marked as fixed. A paper of one form keeps its authors' order.
 */
export function composePaper(head: PaperHead, content: PaperContent, form: string): Paper {
  const rank = (...of: string[]) =>
    createHash('sha256')
      .update([content.seed, form, ...of].join('/'))
      .digest('hex')
  const shuffled = <T extends { id: string }>(of: readonly T[], ...under: string[]): T[] => {
    if (head.forms === 1) return [...of]
    const ranked = of.map((one) => [rank(...under, one.id), one] as const)
    return ranked.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one)
  }
  const items = content.groups.flatMap((group) => {
    const inside = content.items.filter((item) => item.group === group.id)
    const told = inside.some((item) => item.kind === 'scenario')
    return told ? inside : shuffled(inside, 'item')
  })
  return {
    title: head.title,
    part: head.part,
    form,
    minutes: head.minutes,
    totalTenths: head.totalTenths,
    groups: content.groups,
    items: items.map((item) => {
      const shown = shownItem(item)
      const fixed = item.fixedOptions || item.kind === 'judgement'
      return item.options && !fixed ? { ...shown, options: shuffled(item.options, 'option', item.id) } : shown
    }),
  }
}

function shownItem({ number: _number, fixedOptions: _fixed, ...shown }: StoredItem): PaperItem {
  return shown
}
