import { useLingui } from '@lingui/react/macro'
import { useTitles } from '#src/api/reference'
import { verdictWords } from '#src/api/status-words'
import { showTyped } from '#src/lib/period'
import type { Chip as FilterChip } from '#src/ui/filter-chips'
import { periodWords } from '#src/ui/period-words'
import type { NotificationsSearch } from './search'

type Chip = FilterChip<Partial<NotificationsSearch>>

/** Active filters in words, each with the change that takes it away. */
export function useFilterLabels() {
  const { t } = useLingui()
  const title = useTitles()
  return ({ q, bank, account, verdict = [], period, from, to }: NotificationsSearch): Chip[] => {
    const account_ = [bank && title.bank(bank), account].filter(Boolean).join(' · ')
    const chips: Array<Chip | false> = [
      q !== undefined && { key: 'q', text: t`Поиск: ${q}`, without: { q: undefined } },
      account_ !== '' && { key: 'account', text: account_, without: { bank: undefined, account: undefined } },
      period !== undefined && { key: 'period', text: t(periodWords[period]), without: { period: undefined } },
      from !== undefined && { key: 'from', text: t`с ${showTyped(from)}`, without: { from: undefined } },
      to !== undefined && { key: 'to', text: t`по ${showTyped(to)}`, without: { to: undefined } },
      ...verdict.map((one): Chip => {
        const rest = verdict.filter((other) => other !== one)
        return {
          key: `verdict:${one}`,
          text: t(verdictWords[one].label),
          without: { verdict: rest.length === 0 ? undefined : rest },
        }
      }),
    ]
    return chips.filter((chip) => chip !== false)
  }
}
