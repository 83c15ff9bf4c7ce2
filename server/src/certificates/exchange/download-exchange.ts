import { readIdNumbers } from '../../people/index.ts'
import type { Actor, Download } from '../../platform/api.ts'
import type { App } from '../../platform/app.ts'
import { record } from '../../platform/audit.ts'
import { dayOf } from '../../platform/clock.ts'
import { XLSX } from '../../platform/media-type.ts'
import { ok, type RefusalOf, type Result, refuse } from '../../platform/result.ts'
import { transact } from '../../platform/transact.ts'
import { events } from '../audit-events.ts'
import { no } from '../refusals.ts'
import { findExchange, itemsOfExchange } from '../store/exchanges.ts'
import { jsonFile, xlsxFile } from './exchange-file.ts'

/**
 * The file of an exchange, made anew: it carries ID numbers in full, so none is kept, and each download is a read
 * of those numbers in the log.
 */
export function downloadExchange(
  app: App,
  actor: Actor,
  input: { exchangeId: string; format: 'json' | 'xlsx' },
): Promise<Result<Download, RefusalOf<typeof no, 'EXCHANGE_NOT_FOUND'>>> {
  return transact<Download, RefusalOf<typeof no, 'EXCHANGE_NOT_FOUND'>>(app.db, async (tx) => {
    const exchange = await findExchange(tx, actor, input.exchangeId)
    if (!exchange) return refuse(no.EXCHANGE_NOT_FOUND())
    const items = await itemsOfExchange(tx, exchange.id)
    const numbers = await readIdNumbers(tx, app, {
      actor,
      personIds: items.map((item) => item.personId),
      purpose: `国家审核数据交换 ${exchange.number}`,
    })
    await record(tx, {
      name: events['national-exchange.downloaded'],
      at: app.clock.now(),
      actor,
      subjects: [`national-exchange:${exchange.id}`],
      data: { exchange: exchange.number, format: input.format, items: items.length },
    })
    const file = {
      number: exchange.number,
      itemsSha256: exchange.itemsSha256,
      exchangedOn: dayOf(exchange.exchangedAt),
      items: items.map((item) => ({ ...item, idNumber: numbers.get(item.personId) ?? '' })),
    }
    return ok({
      fileName: `${exchange.number}.${input.format}`,
      mediaType: input.format === 'json' ? 'application/json' : XLSX,
      bytes: input.format === 'json' ? jsonFile(file) : await xlsxFile(file),
    })
  })
}
