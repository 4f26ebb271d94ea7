import * as v from 'valibot'
import { BankStatus, CrmStatus, type SearchAttemptsData } from '#src/gen/types.gen'
import { rangeOf } from '#src/lib/period'
import { after, codes, flag, lenient, oneOf, parseWith, periodFields, text } from '#src/lib/search-schema'

export const pageSize = 50

const schema = v.object({
  q: lenient(text),
  type: lenient(codes),
  merchant: lenient(codes),
  bank: lenient(codes),
  account: lenient(codes),
  status: lenient(oneOf(Object.values(BankStatus))),
  crm: lenient(oneOf(Object.values(CrmStatus))),
  ...periodFields,
  attention: lenient(flag),
  lost: lenient(flag),
  after,
})

export type PaymentsSearch = v.InferOutput<typeof schema>

export const parsePaymentsSearch = (raw: Record<string, unknown>): PaymentsSearch => parseWith(schema, raw)

export function toQuery(search: PaymentsSearch, now = new Date()): NonNullable<SearchAttemptsData['query']> {
  const range = rangeOf(search, now)
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

/** What the search box will be taken for, told to the operator before the answer comes. */
export function kindOfQuery(q: string): 'last_four' | 'phone' | 'text' {
  const digits = q.replaceAll(/[\s()+-]/g, '')
  if (/^\d{4}$/.test(digits)) return 'last_four'
  if (/^\d{7,15}$/.test(digits)) return 'phone'
  return 'text'
}
