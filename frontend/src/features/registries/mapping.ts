import type { Columns, Mapping, PreviewView } from '#src/gen/types.gen'

export const mappingFields = [
  'amount',
  'date',
  'order_number',
  'bank_order_id',
  'rrn',
  'time',
  'fee',
  'payout',
  'currency',
  'kind',
] as const satisfies ReadonlyArray<keyof Columns>
export type MappingField = (typeof mappingFields)[number]

export const dateFormats = [
  '%d.%m.%Y',
  '%d.%m.%Y %H:%M:%S',
  '%d.%m.%Y %H:%M',
  '%Y-%m-%d',
  '%Y-%m-%d %H:%M:%S',
  '%Y-%m-%dT%H:%M:%S',
  '%d/%m/%Y',
  '%d/%m/%Y %H:%M:%S',
] as const

const parts: Record<string, string> = { d: '31', m: '12', Y: '2026', y: '26', H: '23', M: '59', S: '07' }

/** A date format shown by an example, not by its letters. */
export const exampleOf = (format: string) =>
  format.replaceAll(/%([dmYyHMS])/g, (_, letter: string) => parts[letter] ?? '')

export const zones = [
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Europe/Samara',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Novosibirsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Yakutsk',
  'Asia/Vladivostok',
  'Asia/Magadan',
  'Asia/Kamchatka',
  'UTC',
] as const

export const decimals = [',', '.', 'minor'] as const satisfies ReadonlyArray<Mapping['decimal']>

/** What the form holds: every choice as text, an unused column as an empty one. */
export type MappingValues = {
  name: string
  columns: Record<MappingField, string>
  refund: string
  reversal: string
  date_format: string
  decimal: Mapping['decimal']
  timezone: string
}

/** How a column is named in a mapping: by its heading, or by its place when it has none of its own. */
export function columnName(columns: ReadonlyArray<string>, index: number): string {
  const heading = columns[index] ?? ''
  return heading === '' || columns.indexOf(heading) !== index ? `#${index + 1}` : heading
}

export function startFrom(preview: PreviewView): MappingValues {
  const { guess } = preview
  const columns = Object.fromEntries(
    mappingFields.map((field) => [field, guess?.columns[field] ?? '']),
  ) as MappingValues['columns']
  return {
    name: '',
    columns,
    refund: (guess?.kinds?.refund ?? []).join(', '),
    reversal: (guess?.kinds?.reversal ?? []).join(', '),
    date_format: guess?.date_format ?? '%d.%m.%Y',
    decimal: guess?.decimal ?? ',',
    timezone: guess?.timezone ?? 'Europe/Moscow',
  }
}

const words = (text: string) =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** The words of a column that are neither refunds nor reversals are payments. */
function kindsOf(values: MappingValues, seen: ReadonlyArray<string>): Mapping['kinds'] {
  if (values.columns.kind === '') return {}
  const refund = words(values.refund)
  const reversal = words(values.reversal)
  const payment = seen.filter((word) => !refund.includes(word) && !reversal.includes(word))
  return { payment, refund, reversal }
}

/** Every different value of a column among the rows shown. */
export function valuesOf(preview: PreviewView, column: string): string[] {
  const at = preview.columns.findIndex((_, index) => columnName(preview.columns, index) === column)
  if (at === -1) return []
  return [...new Set(preview.rows.map((row) => (row[at] ?? '').trim()).filter((value) => value !== ''))]
}

export function toMapping(values: MappingValues, preview: PreviewView, bank: string): Mapping {
  const chosen = Object.entries(values.columns).filter(([, column]) => column !== '')
  return {
    name: values.name.trim(),
    bank,
    columns: Object.fromEntries(chosen) as Columns,
    kinds: kindsOf(values, valuesOf(preview, values.columns.kind)),
    date_format: values.date_format,
    decimal: values.decimal,
    timezone: values.timezone,
  }
}

/** For each column of the file, the meaning it has been given. */
export function rolesByColumn(columns: ReadonlyArray<string>, roles: Record<string, string>) {
  return columns.map((_, index) => mappingFields.find((field) => roles[field] === columnName(columns, index)))
}
