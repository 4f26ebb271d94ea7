import { expect, it } from 'vitest'
import { BulkOutcome } from '#src/gen/types.gen'
import { activateLanguage, i18n } from '#src/lib/i18n'
import { isWorthStarting, tally } from './tally'
import { outcomeWords } from './words'

const run = {
  id: 'run-1',
  action: 'resync',
  rehearsal: true,
  state: 'done',
  created_at: '2026-11-24T08:00:00Z',
  created_by: null,
  finished_at: null,
  total: 3,
  done: 3,
  counts: {},
} as const

it('what will be sent is told first, and what did not happen is not told', () => {
  expect(tally({ not_paid: 2, would_send: 31, queued: 0 })).toEqual([
    { outcome: 'would_send', count: 31 },
    { outcome: 'not_paid', count: 2 },
  ])
})

it('a rehearsal in which nothing would happen is not offered to be run for real', () => {
  expect(isWorthStarting({ ...run, counts: { not_paid: 2, already_synced: 5 } })).toBe(false)
  expect(isWorthStarting({ ...run, counts: { would_send: 1 } })).toBe(true)
})

it('what is not a rehearsal, or is not over, cannot be run for real', () => {
  expect(isWorthStarting({ ...run, rehearsal: false, counts: { would_send: 1 } })).toBe(false)
  expect(isWorthStarting({ ...run, state: 'running', counts: { would_send: 1 } })).toBe(false)
  expect(isWorthStarting({ ...run, action: 'bank_query', counts: { changed: 1 } })).toBe(false)
})

it.each(Object.values(BulkOutcome))('%s has words in both languages', async (outcome) => {
  expect(i18n._(outcomeWords[outcome].label)).toMatch(/[а-яё]/i)
  await activateLanguage('en')
  expect(i18n._(outcomeWords[outcome].label)).not.toMatch(/[а-яё]/i)
})
