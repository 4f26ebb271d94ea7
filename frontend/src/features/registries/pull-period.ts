import type { Range } from '#src/lib/period'

const pad = (value: number) => String(value).padStart(2, '0')
const longest = 31 * 86_400_000

/** Yesterday, as the address and the date field write it: the last day that the bank has surely settled. */
export function dayBefore(now: Date): string {
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  return `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`
}

/** Whether a period is more than a bank is asked for at once. */
export const tooLong = ({ from, to }: Range) =>
  from !== undefined && to !== undefined && to.getTime() - from.getTime() > longest
