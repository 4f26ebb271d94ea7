import * as v from 'valibot'
import { BankStatus, CrmStatus, type SearchAttemptsData } from '#src/gen/types.gen'
import { endOf, parseLocal, periods, resolvePeriod } from '#src/lib/period'

export const pageSize = 50

/** A filter with values that nobody knows any more (an old link) drops them and keeps the rest. */
const oneOf = <T extends string>(allowed: ReadonlyArray<T>) =>
  v.pipe(
    v.union([v.string(), v.array(v.string())]),
    v.transform((value) => (typeof value === 'string' ? value.split(',') : value)),
    v.transform((values) => allowed.filter((one) => values.includes(one))),
    v.transform((values) => (values.length === 0 ? undefined : values)),
  )

const codes = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => (typeof value === 'string' ? value.split(',') : value).filter((one) => one !== '')),
  v.transform((values) => (values.length === 0 ? undefined : values)),
)

const flag = v.pipe(
  v.union([v.string(), v.boolean()]),
  v.transform((value) => (value === true || value === 'true' || value === '1' ? true : undefined)),
)

const text = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(200),
  v.transform((value) => (value === '' ? undefined : value)),
)

const moment = v.pipe(
  v.string(),
  v.check((value) => parseLocal(value) !== null),
)

const schema = v.object({
  q: v.fallback(v.optional(text), undefined),
  type: v.fallback(v.optional(codes), undefined),
  merchant: v.fallback(v.optional(codes), undefined),
  bank: v.fallback(v.optional(codes), undefined),
  account: v.fallback(v.optional(codes), undefined),
  status: v.fallback(v.optional(oneOf(Object.values(BankStatus))), undefined),
  crm: v.fallback(v.optional(oneOf(Object.values(CrmStatus))), undefined),
  period: v.fallback(v.optional(v.picklist(periods)), undefined),
  from: v.fallback(v.optional(moment), undefined),
  to: v.fallback(v.optional(moment), undefined),
  attention: v.fallback(v.optional(flag), undefined),
  lost: v.fallback(v.optional(flag), undefined),
  /** Cursors of the pages already turned: the last one is the page on the screen, so "back" needs no server. */
  after: v.fallback(v.optional(codes), undefined),
})

export type PaymentsSearch = v.InferOutput<typeof schema>
export type Filter = Exclude<keyof PaymentsSearch, 'after'>

export function parsePaymentsSearch(raw: Record<string, unknown>): PaymentsSearch {
  const parsed = v.parse(schema, raw)
  // Absent, not undefined: the URL and the query key must not differ by an empty key.
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined)) as PaymentsSearch
}

export function toQuery(search: PaymentsSearch, now = new Date()): NonNullable<SearchAttemptsData['query']> {
  const range =
    search.period === undefined
      ? {
          from: search.from === undefined ? undefined : parseLocal(search.from)?.date,
          to: search.to === undefined ? undefined : endOf(search.to),
        }
      : resolvePeriod(search.period, now)
  return {
    q: search.q,
    payment_type: search.type,
    merchant: search.merchant,
    bank: search.bank,
    bank_account: search.account,
    bank_status: search.status,
    crm_status: search.crm,
    created_from: range.from?.toISOString(),
    created_to: range.to?.toISOString(),
    needs_attention: search.attention,
    lost_callback: search.lost,
    cursor: search.after?.at(-1),
    limit: pageSize,
  }
}

/** A changed filter starts from the first page: a cursor belongs to the list it was cut from. */
export function withFilters(search: PaymentsSearch, change: Partial<PaymentsSearch>): PaymentsSearch {
  const { after: _, ...rest } = search
  return parsePaymentsSearch({ ...rest, ...change })
}

export const filtersOf = (search: PaymentsSearch): Filter[] =>
  (Object.keys(search) as Array<keyof PaymentsSearch>).filter((key): key is Filter => key !== 'after')

/** What the search box will be taken for, told to the operator before the answer comes. */
export function kindOfQuery(q: string): 'last_four' | 'phone' | 'text' {
  const digits = q.replaceAll(/[\s()+-]/g, '')
  if (/^\d{4}$/.test(digits)) return 'last_four'
  if (/^\d{7,15}$/.test(digits)) return 'phone'
  return 'text'
}
