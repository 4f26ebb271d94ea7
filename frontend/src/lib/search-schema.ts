import * as v from 'valibot'
import { parseLocal, periods } from './period'

/** A filter with values that nobody knows any more (an old link) drops them and keeps the rest. */
export const oneOf = <T extends string>(allowed: ReadonlyArray<T>) =>
  v.pipe(
    v.union([v.string(), v.array(v.string())]),
    v.transform((value) => (typeof value === 'string' ? value.split(',') : value)),
    v.transform((values) => allowed.filter((one) => values.includes(one))),
    v.transform((values) => (values.length === 0 ? undefined : values)),
  )

export const codes = v.pipe(
  v.union([v.string(), v.array(v.string())]),
  v.transform((value) => (typeof value === 'string' ? value.split(',') : value).filter((one) => one !== '')),
  v.transform((values) => (values.length === 0 ? undefined : values)),
)

export const flag = v.pipe(
  v.union([v.string(), v.boolean()]),
  v.transform((value) => (value === true || value === 'true' || value === '1' ? true : undefined)),
)

export const text = v.pipe(
  v.string(),
  v.trim(),
  v.maxLength(200),
  v.transform((value) => (value === '' ? undefined : value)),
)

const moment = v.pipe(
  v.string(),
  v.check((value) => parseLocal(value) !== null),
)

/** A part of an address that is wrong is left out, and the rest of it is kept. */
export const lenient = <Schema extends v.GenericSchema>(schema: Schema) => v.fallback(v.optional(schema), undefined)

/** A preset or typed dates. */
export const periodFields = {
  period: lenient(v.picklist(periods)),
  from: lenient(moment),
  to: lenient(moment),
}

/** Cursors of the pages already turned: the last one is the page on the screen, so "back" needs no server. */
export const after = lenient(codes)

/** Absent, not undefined: the URL and the query key must not differ by an empty key. */
export function parseWith<Schema extends v.GenericSchema>(schema: Schema, raw: Record<string, unknown>) {
  const parsed = v.parse(schema, raw) as Record<string, unknown>
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined)) as v.InferOutput<Schema>
}
