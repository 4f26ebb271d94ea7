import { useLingui } from '@lingui/react'
import type { Money } from '#src/gen/types.gen'
import { formatMoney } from './money'
import { formatDay, formatRelative } from './time'

/** Formatters bound to the chosen language, so that switching it redraws numbers and times too. */
export function useFormat() {
  const { i18n } = useLingui()
  const locale = i18n.locale
  return {
    locale,
    money: (value: Money) => formatMoney(value, locale),
    number: (value: number) => new Intl.NumberFormat(locale).format(value),
    day: (iso: string) => formatDay(iso, locale),
    relative: (iso: string) => formatRelative(iso, locale),
  }
}
