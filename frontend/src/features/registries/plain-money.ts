import type { Money } from '#src/gen/types.gen'

const shape = /^(-?)(\d+)(?:\.(\d{1,4}))? ([A-Z]{3})$/

/** `4500.00 RUB` as money; by its digits, never through a fraction. */
export function parsePlainMoney(text: string): Money | null {
  const match = shape.exec(text)
  if (match === null) return null
  const [, sign = '', whole = '', fraction = '', currency = ''] = match
  const amount = Number(`${sign}${whole}${fraction}`)
  return Number.isSafeInteger(amount) ? { amount, currency } : null
}
