import * as v from 'valibot'
import { after, lenient, parseWith } from '#src/lib/search-schema'

export const pageSize = 50

/** For what a delivery waits: for the system, for a person's decision, to be mended after a refusal. */
export const waitStates = ['waiting', 'held', 'refused'] as const
export type WaitsFor = (typeof waitStates)[number]

const schema = v.object({ state: lenient(v.picklist(waitStates)), after })

export type ConnectionSearch = v.InferOutput<typeof schema>
export const parseConnectionSearch = (raw: Record<string, unknown>): ConnectionSearch => parseWith(schema, raw)
