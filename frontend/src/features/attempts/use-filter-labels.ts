import { useLingui } from '@lingui/react/macro'
import { useTitles } from '#src/api/reference'
import { bankStatusWords, crmStatusWords } from '#src/api/status-words'
import { showTyped } from '#src/lib/period'
import type { Chip as FilterChip } from '#src/ui/filter-chips'
import { periodWords } from '#src/ui/period-words'
import { kindOfQuery, type PaymentsSearch } from './search'

type Chip = FilterChip<Partial<PaymentsSearch>>

const minus = (values: ReadonlyArray<string>, one: string) => {
  const rest = values.filter((value) => value !== one)
  return rest.length === 0 ? undefined : rest
}

/** Active filters in words, each with the change that takes it away. */
export function useFilterLabels() {
  const { t } = useLingui()
  const title = useTitles()

  const queryText = (q: string) => {
    const kind = kindOfQuery(q)
    if (kind === 'last_four') return t`Последние цифры: ${q}`
    if (kind === 'phone') return t`Телефон: ${q}`
    return t`Поиск: ${q}`
  }

  const each = (key: keyof PaymentsSearch, values: ReadonlyArray<string> | undefined, text: (one: string) => string) =>
    (values ?? []).map(
      (one): Chip => ({
        key: `${key}:${one}`,
        text: text(one),
        without: { [key]: minus(values ?? [], one) },
      }),
    )

  const single = (key: keyof PaymentsSearch, text: string | false | undefined): Chip[] =>
    text ? [{ key, text, without: { [key]: undefined } }] : []

  const all = (search: PaymentsSearch): Chip[] => [
    ...single('q', search.q !== undefined && queryText(search.q)),
    ...single('attention', search.attention && t`Требует внимания`),
    ...single('lost', search.lost && t`Потерянные уведомления`),
    ...single('period', search.period !== undefined && t(periodWords[search.period])),
    ...single('from', search.from !== undefined && t`с ${showTyped(search.from)}`),
    ...single('to', search.to !== undefined && t`по ${showTyped(search.to)}`),
    ...each('type', search.type, title.paymentType),
    ...each('merchant', search.merchant, title.merchant),
    ...each('bank', search.bank, title.bank),
    ...each('account', search.account, (one) => t`Эквайринг: ${one}`),
    ...each('status', search.status, (one) => t(bankStatusWords[one as keyof typeof bankStatusWords].label)),
    ...each('crm', search.crm, (one) => `CRM: ${t(crmStatusWords[one as keyof typeof crmStatusWords].label)}`),
  ]

  return { all }
}
