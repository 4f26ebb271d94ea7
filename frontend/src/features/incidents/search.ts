import * as v from 'valibot'
import type { IncidentState } from '#src/gen/types.gen'
import { after, lenient, parseWith, text } from '#src/lib/search-schema'

export const incidentStates = ['open', 'closed'] as const satisfies ReadonlyArray<IncidentState>
export const pageSize = 50

const schema = v.object({
  state: lenient(v.picklist(incidentStates)),
  bank: lenient(text),
  account: lenient(text),
  after,
})

export type IncidentsSearch = v.InferOutput<typeof schema>
export const parseIncidentsSearch = (raw: Record<string, unknown>): IncidentsSearch => parseWith(schema, raw)

const pageSchema = v.object({ after })
export type IncidentSearch = v.InferOutput<typeof pageSchema>
/** Of one incident: the page of its payments. */
export const parseIncidentSearch = (raw: Record<string, unknown>): IncidentSearch => parseWith(pageSchema, raw)
