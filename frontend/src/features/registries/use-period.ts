import type { RegistryView } from '#src/gen/types.gen'
import { useFormat } from '#src/lib/use-format'

/** The days a registry covers; its end is not in it, so a day's registry is said as one day. */
export function usePeriod() {
  const { locale } = useFormat()
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' })
  return (period: RegistryView['period']) => {
    if (period === null) return '—'
    const from = new Date(period.from)
    const to = new Date(Math.max(from.getTime(), new Date(period.to).getTime() - 1))
    return days.formatRange(from, to)
  }
}
