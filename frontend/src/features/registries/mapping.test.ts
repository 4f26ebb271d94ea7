import { expect, it } from 'vitest'
import type { PreviewView } from '#src/gen/types.gen'
import { columnName, exampleOf, rolesByColumn, startFrom, toMapping, valuesOf } from './mapping'

const preview: PreviewView = {
  format: 'csv',
  layout: null,
  encoding: 'windows-1251',
  delimiter: ';',
  columns: ['Дата', 'Сумма', 'Тип', '', 'Сумма'],
  rows: [
    ['24.11.2026', '4500,00', 'Покупка', 'A-1', '45,00'],
    ['24.11.2026', '100,00', 'Возврат', 'A-2', '1,00'],
  ],
  guess: null,
}

it('a column is named by its heading, or by its place when it has none of its own', () => {
  expect(preview.columns.map((_, index) => columnName(preview.columns, index))).toEqual([
    'Дата',
    'Сумма',
    'Тип',
    '#4',
    '#5',
  ])
})

it('only the chosen columns go to the mapping, and words that are no refunds are payments', () => {
  const start = startFrom(preview)
  const values = {
    ...start,
    name: ' Наш банк ',
    columns: { ...start.columns, date: 'Дата', amount: 'Сумма', order_number: '#4', kind: 'Тип' },
    refund: 'Возврат, Отмена возврата',
  }
  expect(toMapping(values, preview, 'sber')).toEqual({
    name: 'Наш банк',
    bank: 'sber',
    columns: { date: 'Дата', amount: 'Сумма', order_number: '#4', kind: 'Тип' },
    kinds: { payment: ['Покупка'], refund: ['Возврат', 'Отмена возврата'], reversal: [] },
    date_format: '%d.%m.%Y',
    decimal: ',',
    timezone: 'Europe/Moscow',
  })
})

it('a guess is where the form starts', () => {
  const guess = {
    name: '',
    bank: null,
    columns: { amount: 'Сумма', date: 'Дата' },
    kinds: { refund: ['Возврат'] },
    date_format: '%Y-%m-%d',
    decimal: '.' as const,
    timezone: 'UTC',
  }
  expect(startFrom({ ...preview, guess })).toMatchObject({
    columns: { amount: 'Сумма', date: 'Дата', fee: '' },
    refund: 'Возврат',
    date_format: '%Y-%m-%d',
    decimal: '.',
    timezone: 'UTC',
  })
})

it('shows what a column holds, and what it has been taken for', () => {
  expect(valuesOf(preview, 'Тип')).toEqual(['Покупка', 'Возврат'])
  expect(valuesOf(preview, '')).toEqual([])
  expect(rolesByColumn(preview.columns, { amount: '#5', date: 'Дата' })).toEqual([
    'date',
    undefined,
    undefined,
    undefined,
    'amount',
  ])
})

it('a format of dates is shown by an example', () => {
  expect(exampleOf('%d.%m.%Y %H:%M:%S')).toBe('31.12.2026 23:59:07')
})
