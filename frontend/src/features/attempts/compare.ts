import type { AttemptView, FoundDocument, HoldView, Money } from '#src/gen/types.gen'

export type Likeness = 'same' | 'differs' | 'unknown'

export type Comparison = {
  amount: Likeness
  date: Likeness
  /** How many days the document is later than the payment; negative when earlier. */
  days: number
  client: Likeness
}

/** What was paid or went back: the sum that the document has to have. */
export const sumOf = (attempt: AttemptView, hold: HoldView): Money =>
  hold.kind === 'refund' ? (attempt.refunded ?? attempt.amount) : attempt.amount

const dayIn = (zone: string | undefined, iso: string) =>
  // The Swedish form of a date is YYYY-MM-DD, as documents have it.
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date(iso))

const likeness = (same: boolean): Likeness => (same ? 'same' : 'differs')

/** A found document beside the payment. The day is that of the club, in whose zone the accounting system lives. */
export function compare(attempt: AttemptView, hold: HoldView, document: FoundDocument, zone?: string): Comparison {
  const sum = sumOf(attempt, hold)
  const ours = dayIn(zone, attempt.paid_at ?? attempt.created_at)
  const days = document.date ? Math.round((Date.parse(document.date) - Date.parse(ours)) / 86_400_000) : 0
  return {
    amount: document.amount
      ? likeness(document.amount.amount === sum.amount && document.amount.currency === sum.currency)
      : 'unknown',
    date: document.date ? likeness(days === 0) : 'unknown',
    days,
    client: document.is_same_client == null ? 'unknown' : likeness(document.is_same_client),
  }
}

/** The pieces of a comment, with those that are the payment's own numbers told apart. */
export function marked(text: string, numbers: ReadonlyArray<string | null>): Array<{ text: string; ours: boolean }> {
  const known = numbers.filter((one): one is string => one !== null && one.length >= 4)
  if (known.length === 0) return [{ text, ours: false }]
  const pattern = new RegExp(`(${known.map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`)
  return text
    .split(pattern)
    .map((part, index) => ({ text: part, ours: index % 2 === 1 }))
    .filter((part) => part.text !== '')
}
