import { HttpResponse } from 'msw'
import type { BulkResyncBody, JournalFilter } from '#src/gen/types.gen'
import { guarded } from '../../guarded'
import { world } from '../../world'
import { matches } from '../payment-attempts/search-attempts'
import { begin } from './runs'

function found(filter: JournalFilter | null | undefined) {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(filter ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) params.append(name, String(one))
  }
  return [...world.attempts.values()].filter((attempt) => matches(attempt, params))
}

export const bulkResync = guarded('post', 'payment-attempts/bulk/resync', async ({ request }) => {
  const { filter, rehearse = false } = (await request.json()) as BulkResyncBody
  return HttpResponse.json(begin(found(filter), { action: 'resync', rehearsal: rehearse }), { status: 202 })
})

export const bulkQueryBank = guarded('post', 'payment-attempts/bulk/bank-query', async ({ request }) => {
  const { filter } = (await request.json()) as BulkResyncBody
  return HttpResponse.json(begin(found(filter), { action: 'bank_query', rehearsal: false }), { status: 202 })
})
