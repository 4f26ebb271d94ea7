import * as v from 'valibot'
import type { LineResult } from '#src/gen/types.gen'
import { after, lenient, oneOf, parseWith, text } from '#src/lib/search-schema'

export const pageSize = 50

/** In the order of how much each asks of a person. */
export const lineResults = [
  'no_attempt',
  'differs',
  'missing',
  'healed',
  'matched',
  'noted',
] as const satisfies ReadonlyArray<LineResult>

const listSchema = v.object({ bank: lenient(text), account: lenient(text), after })
export type RegistriesSearch = v.InferOutput<typeof listSchema>
export const parseRegistriesSearch = (raw: Record<string, unknown>): RegistriesSearch => parseWith(listSchema, raw)

const linesSchema = v.object({ result: lenient(oneOf(lineResults)), after })
export type LinesSearch = v.InferOutput<typeof linesSchema>
export const parseLinesSearch = (raw: Record<string, unknown>): LinesSearch => parseWith(linesSchema, raw)

const uploadSchema = v.object({
  source: lenient(v.picklist(['file', 'bank'])),
  bank: lenient(text),
  account: lenient(text),
})
export type UploadSearch = v.InferOutput<typeof uploadSchema>
export const parseUploadSearch = (raw: Record<string, unknown>): UploadSearch => parseWith(uploadSchema, raw)
