import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ProblemNotice } from '#src/api/problem-notice'
import { referenceQuery, useTitles } from '#src/api/reference'
import { bankStatusWords, crmStatusWords } from '#src/api/status-words'
import { BankStatus, CrmStatus, type Reference } from '#src/gen/types.gen'
import { ChoiceGroup } from '#src/ui/choice-group'
import styles from '#src/ui/filter-panel.module.css'
import { PeriodFilter } from '#src/ui/period-filter'
import type { PaymentsSearch } from './search'

type Props = { search: PaymentsSearch; onChange: (part: Partial<PaymentsSearch>) => void; open: boolean }

/** Accounts and merchants are worth a filter only when there is something to choose between. */
const accountsOf = (reference: Reference | undefined) => {
  const names = [...new Set((reference?.bank_accounts ?? []).map((account) => account.name))]
  const perBank = new Set((reference?.bank_accounts ?? []).map((account) => account.bank)).size
  return (reference?.bank_accounts.length ?? 0) > perBank ? names : []
}

export function FilterPanel({ search, onChange, open }: Props) {
  const { t } = useLingui()
  const reference = useQuery(referenceQuery())
  const title = useTitles()
  const merchants = reference.data?.merchants ?? []
  const accounts = accountsOf(reference.data)
  // All at once or not at all: groups that come one by one push each other down under the cursor.
  if (reference.isPending) {
    return (
      <aside id="filters" className={styles.panel} data-open={open} aria-label={t`Фильтры`} aria-busy="true">
        <Skeleton height={640} />
      </aside>
    )
  }
  return (
    <aside id="filters" className={styles.panel} data-open={open} aria-label={t`Фильтры`}>
      <ChoiceGroup
        legend={t`Отобрать`}
        values={[...(search.attention ? ['attention'] : []), ...(search.lost ? ['lost'] : [])]}
        options={[
          { value: 'attention', label: t`Требует внимания`, tone: 'bad' },
          { value: 'lost', label: t`Потерянные уведомления`, tone: 'warn' },
        ]}
        onChange={(values) =>
          onChange({
            attention: values?.includes('attention') || undefined,
            lost: values?.includes('lost') || undefined,
          })
        }
      />
      <PeriodFilter search={search} onChange={onChange} />
      {reference.isError && <ProblemNotice error={reference.error} onRetry={() => void reference.refetch()} />}
      <ChoiceGroup
        legend={t`Тип оплаты`}
        values={search.type}
        options={(reference.data?.payment_types ?? []).map(({ code }) => ({
          value: code,
          label: title.paymentType(code),
        }))}
        onChange={(type) => onChange({ type })}
      />
      <ChoiceGroup
        legend={t`Банк`}
        values={search.bank}
        options={(reference.data?.banks ?? []).map(({ code }) => ({ value: code, label: title.bank(code) }))}
        onChange={(bank) => onChange({ bank })}
      />
      {accounts.length > 1 && (
        <ChoiceGroup
          legend={t({ message: 'Эквайринг', context: 'one account' })}
          values={search.account}
          options={accounts.map((name) => ({ value: name, label: name }))}
          onChange={(account) => onChange({ account })}
        />
      )}
      {merchants.length > 1 && (
        <ChoiceGroup
          legend={t`Клуб`}
          values={search.merchant}
          options={merchants.map((merchant) => ({ value: merchant.code, label: merchant.title }))}
          onChange={(merchant) => onChange({ merchant })}
        />
      )}
      <ChoiceGroup
        legend={t`Статус от банка`}
        values={search.status}
        options={Object.values(BankStatus).map((value) => ({
          value,
          label: t(bankStatusWords[value].label),
          tone: bankStatusWords[value].tone,
        }))}
        onChange={(status) => onChange({ status })}
      />
      <ChoiceGroup
        legend={t`Синхронизировано с CRM`}
        values={search.crm}
        options={Object.values(CrmStatus).map((value) => ({
          value,
          label: t(crmStatusWords[value].label),
          tone: crmStatusWords[value].tone,
        }))}
        onChange={(crm) => onChange({ crm })}
      />
    </aside>
  )
}
