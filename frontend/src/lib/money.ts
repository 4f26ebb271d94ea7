import type { Money } from '#src/gen/types.gen'

const digitsOf = (currency: string) =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2

const symbolOf = (currency: string, locale: string) =>
  new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find((part) => part.type === 'currency')?.value ?? currency

/** The sign stands after the sum in both languages, so that a column of sums lines up by its digits. */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  const digits = digitsOf(currency)
  const number = new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return `${number.format(amount / 10 ** digits)}\u00a0${symbolOf(currency, locale)}`
}
