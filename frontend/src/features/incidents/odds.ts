/** One in how many, rounded to one digit, as people say it; `null` when it is too rare for a number to mean anything. */
export function oneIn(probability: number): number | null {
  if (!(probability > 0) || probability < 1e-9) return null
  const times = 1 / Math.min(probability, 1)
  const scale = 10 ** Math.floor(Math.log10(times))
  return Math.max(1, Math.round(times / scale) * scale)
}
