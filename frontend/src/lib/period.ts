export const periods = ['hour', 'today', 'yesterday', 'week'] as const
export type Period = (typeof periods)[number]

export type Range = { from?: Date; to?: Date }

const startOfDay = (date: Date, shift = 0) => new Date(date.getFullYear(), date.getMonth(), date.getDate() + shift)

/** Resolved when the request is sent, not when the filter is chosen: "the last hour" moves with the clock. */
export function resolvePeriod(period: Period, now = new Date()): Range {
  if (period === 'hour') return { from: new Date(now.getTime() - 3_600_000) }
  if (period === 'today') return { from: startOfDay(now) }
  if (period === 'yesterday') return { from: startOfDay(now, -1), to: startOfDay(now) }
  return { from: startOfDay(now, -6) }
}

const dateTime = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?$/

/** Local `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`, as kept in the URL. Refuses what the calendar does not have (31.02). */
export function parseLocal(value: string): { date: Date; hasTime: boolean } | null {
  const match = dateTime.exec(value)
  if (match === null) return null
  const [year, month, day, hour, minute] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const date = new Date(year, month - 1, day, hour, minute)
  const real = date.getMonth() === month - 1 && date.getDate() === day && hour < 24 && minute < 60
  return real ? { date, hasTime: match[4] !== undefined } : null
}

/** The end of a period is typed inclusively: "по 24.11" takes the whole 24th. */
export function endOf(value: string): Date | undefined {
  const parsed = parseLocal(value)
  if (parsed === null) return undefined
  return parsed.hasTime ? new Date(parsed.date.getTime() + 60_000) : startOfDay(parsed.date, 1)
}

const typed = /^(\d{1,2})[.\-/ ](\d{1,2})(?:[.\-/ ](\d{2}|\d{4}))?(?:[ ,]+(\d{1,2})[:.](\d{2}))?$/
const pad = (value: number | string) => String(value).padStart(2, '0')

/** What an operator types: `24.11`, `24.11.26`, `24.11.2026 14:30`, or the URL's own form. */
export function parseTyped(text: string, now = new Date()): string | null {
  const trimmed = text.trim()
  if (parseLocal(trimmed) !== null) return trimmed
  const match = typed.exec(trimmed)
  if (match === null) return null
  const [, day = '', month = '', year, hour, minute] = match
  const fullYear = year === undefined ? String(now.getFullYear()) : year.length === 2 ? `20${year}` : year
  const value = `${fullYear}-${pad(month)}-${pad(day)}${hour === undefined ? '' : `T${pad(hour)}:${minute}`}`
  return parseLocal(value) === null ? null : value
}

export function showTyped(value: string): string {
  const match = dateTime.exec(value)
  if (match === null) return value
  const [, year, month, day, hour, minute] = match
  return `${day}.${month}.${year}${hour === undefined ? '' : ` ${hour}:${minute}`}`
}

export type PeriodChoice = { period?: Period; from?: string; to?: string }

/** The moments that a chosen preset or typed dates mean now; the end is not in the range. */
export function rangeOf({ period, from, to }: PeriodChoice, now = new Date()): Range {
  if (period !== undefined) return resolvePeriod(period, now)
  return {
    from: from === undefined ? undefined : parseLocal(from)?.date,
    to: to === undefined ? undefined : endOf(to),
  }
}
