import { describe, expect, it } from 'vitest'
import { attempt } from '#mock/attempt'
import type { FoundDocument, HoldView } from '#src/gen/types.gen'
import { compare, marked } from './compare'

const paid = attempt({ bank_status: 'paid', crm_status: 'needs_attention', paid_at: '2026-11-23T22:30:00Z' })

const document: FoundDocument = {
  key: 'doc-1',
  number: 'КА-118',
  rule: 'client_amount_date',
  amount: { amount: 450_000, currency: 'RUB' },
  date: '2026-11-24',
  is_posted: true,
  is_deleted: false,
  is_ours: false,
  author: null,
  client: null,
  is_same_client: null,
  comment: null,
  url: null,
}

const hold: HoldView = {
  delivery_id: 'delivery-1',
  kind: 'payment',
  reason: 'possible_duplicate',
  since: '2026-11-24T08:00:00Z',
  documents: [document],
  clients: [],
  decisions: ['link', 'send', 'postpone'],
  connection: 'crm',
}

describe('a found document beside the payment', () => {
  it('is of the same day where the club is, though it was another day in Greenwich', () => {
    expect(compare(paid, hold, document, 'Europe/Moscow')).toMatchObject({ date: 'same', days: 0 })
    expect(compare(paid, hold, document, 'UTC')).toMatchObject({ date: 'differs', days: 1 })
  })

  it('differs by one kopeck', () => {
    expect(compare(paid, hold, document).amount).toBe('same')
    expect(compare(paid, hold, { ...document, amount: { amount: 450_001, currency: 'RUB' } }).amount).toBe('differs')
  })

  it('of a refund has to have the sum that went back', () => {
    const back = { ...paid, refunded: { amount: 100_000, currency: 'RUB' } }
    expect(compare(back, { ...hold, kind: 'refund' }, document).amount).toBe('differs')
  })

  it('that says nothing about something is not said to differ in it', () => {
    const bare = { ...document, amount: null, date: null }
    expect(compare(paid, hold, bare)).toMatchObject({ amount: 'unknown', date: 'unknown', client: 'unknown' })
  })
})

describe('a comment', () => {
  it('has the payment’s own numbers told apart', () => {
    expect(marked('оплата A-1(2) чек 77', ['A-1(2)', null])).toEqual([
      { text: 'оплата ', ours: false },
      { text: 'A-1(2)', ours: true },
      { text: ' чек 77', ours: false },
    ])
  })

  it('is left whole when there is no number to look for', () => {
    expect(marked('наличные', [null, '7'])).toEqual([{ text: 'наличные', ours: false }])
  })
})
