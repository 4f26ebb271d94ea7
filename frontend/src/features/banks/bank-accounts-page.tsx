import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ProblemNotice } from '#src/api/problem-notice'
import type { BankAccountView } from '#src/gen/types.gen'
import { Page } from '#src/ui/page'
import { BankAccountCard } from './bank-account-card'
import styles from './bank-accounts-page.module.css'
import { bankAccountsQuery } from './queries'

/** An open incident weighs more than any number of alarms. */
const trouble = (account: BankAccountView) => (account.incident ? 10 : 0) + account.alarms.length

/** Do the banks' notifications arrive? An account in trouble stands first. */
export function BankAccountsPage() {
  const { t } = useLingui()
  const accounts = useQuery(bankAccountsQuery())
  const sorted = [...(accounts.data ?? [])].sort((a, b) => trouble(b) - trouble(a))
  return (
    <Page
      title={t`Эквайринг`}
      heading={t`Эквайринг`}
      subtitle={t`Приходят ли уведомления банков и что с ними, за последние 24 часа.`}
    >
      {accounts.isError && <ProblemNotice error={accounts.error} onRetry={() => void accounts.refetch()} />}
      {accounts.isPending && (
        <div className={styles.list} aria-busy="true">
          <Skeleton height={196} />
          <Skeleton height={196} />
        </div>
      )}
      {accounts.isSuccess && sorted.length === 0 && (
        <p className="quiet">{t`Ни один эквайринг не настроен: их задаёт администратор в конфигурации.`}</p>
      )}
      <div className={styles.list}>
        {sorted.map((account) => (
          <BankAccountCard key={`${account.bank}/${account.name}`} account={account} />
        ))}
      </div>
    </Page>
  )
}
