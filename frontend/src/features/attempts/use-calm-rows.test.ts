import { expect, it } from 'vitest'
import { attempt } from '#mock/attempt'
import { calmRows } from './use-calm-rows'

const at = (id: string, minute: number, version = 1) =>
  attempt({ id, version, created_at: `2026-11-24T08:${String(minute).padStart(2, '0')}:00Z` })

const base = [at('c', 30), at('b', 20), at('a', 10)]
const ids = (rows: ReturnType<typeof calmRows>['rows']) => rows.map((row) => row.attempt.id)

it('new attempts are counted, not inserted', () => {
  const { rows, newcomers } = calmRows(base, [at('e', 50), at('d', 40), ...base])
  expect(ids(rows)).toEqual(['c', 'b', 'a'])
  expect(newcomers).toBe(2)
})

it('a changed attempt is updated in its place', () => {
  const { rows } = calmRows(base, [base[0] as never, at('b', 20, 2), base[2] as never])
  expect(rows[1]?.attempt.version).toBe(2)
})

it('one that left the filter stays, marked, until the list is asked anew', () => {
  const { rows } = calmRows(base, [at('c', 30), at('a', 10)])
  expect(rows.map((row) => row.gone)).toEqual([false, true, false])
})

it('one pushed off the page by newer ones has not left the filter', () => {
  const full = Array.from({ length: 50 }, (_, index) => at(`row-${index}`, 59 - index))
  const newest = attempt({ id: 'new', created_at: '2026-11-24T09:30:00Z' })
  const { rows, newcomers } = calmRows(full, [newest, ...full.slice(0, 49)])
  expect(rows.at(-1)).toMatchObject({ gone: false, attempt: { id: 'row-49' } })
  expect(newcomers).toBe(1)
})
