import * as v from 'valibot'
import { BulkOutcome } from '#src/gen/types.gen'
import { after, lenient, parseWith } from '#src/lib/search-schema'

export const pageSize = 50

const runsSchema = v.object({ after })
export type BulkRunsSearch = v.InferOutput<typeof runsSchema>
export const parseBulkRunsSearch = (raw: Record<string, unknown>): BulkRunsSearch => parseWith(runsSchema, raw)

const runSchema = v.object({ outcome: lenient(v.picklist(Object.values(BulkOutcome))), after })
export type BulkRunSearch = v.InferOutput<typeof runSchema>
export const parseBulkRunSearch = (raw: Record<string, unknown>): BulkRunSearch => parseWith(runSchema, raw)
