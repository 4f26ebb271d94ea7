import * as v from 'valibot'
import { HoldReason } from '#src/gen/types.gen'
import { after, lenient, parseWith, text } from '#src/lib/search-schema'

export const pageSize = 50

const schema = v.object({
  reason: lenient(v.picklist(Object.values(HoldReason))),
  connection: lenient(text),
  after,
})

export type HoldsSearch = v.InferOutput<typeof schema>
export const parseHoldsSearch = (raw: Record<string, unknown>): HoldsSearch => parseWith(schema, raw)
