import { HttpResponse } from 'msw'
import type { PreviewView } from '#src/gen/types.gen'
import { guarded } from '../../guarded'
import { world } from '../../world'

const columns = ['Дата операции', 'Номер заказа', 'Сумма', 'Комиссия банка', 'К перечислению', 'Тип операции', 'RRN']

const rows = Array.from({ length: 14 }, (_, index) => [
  `23.11.2026 1${index % 10}:0${index % 6}:17`,
  `A-${10_580 - index}`,
  index % 4 === 1 ? '1299,00' : '4500,00',
  index % 4 === 1 ? '28,58' : '99,00',
  index % 4 === 1 ? '1270,42' : '4401,00',
  index === 6 ? 'Возврат' : 'Покупка',
  String(432_100_000_000 + index * 7919),
])

/** Only T-Bank's layout is known to the fake server; anything else is to be mapped, with a guess. */
export const previewRegistry = guarded('post', 'registries/preview', async ({ query, request }) => {
  await request.arrayBuffer()
  const mapping = query.get('mapping')
  const saved = mapping === null ? undefined : world.mappings.get(mapping)
  const known = query.get('bank') === 'tbank'
  const preview: PreviewView = {
    format: (query.get('file_name') ?? '').endsWith('.xlsx') ? 'xlsx' : 'csv',
    layout: saved === undefined ? (known ? 'tbank' : null) : `saved:${saved.name}`,
    encoding: 'windows-1251',
    delimiter: ';',
    columns,
    rows,
    guess: known
      ? null
      : {
          name: '',
          bank: null,
          columns: { date: 'Дата операции', order_number: 'Номер заказа', amount: 'Сумма', rrn: 'RRN' },
          kinds: { payment: ['Покупка'], refund: ['Возврат'] },
          date_format: '%d.%m.%Y %H:%M:%S',
          decimal: ',',
          timezone: 'Europe/Moscow',
        },
  }
  return HttpResponse.json(preview)
})
