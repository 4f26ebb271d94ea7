import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { AccountChoice } from '#src/api/account-choice'
import { ProblemNotice } from '#src/api/problem-notice'
import { useRowKeys } from '#src/lib/use-row-keys'
import { EmptyList } from '#src/ui/empty-list'
import { Page } from '#src/ui/page'
import { Pager } from '#src/ui/pager'
import { registriesQuery } from './queries'
import styles from './registries-page.module.css'
import { RegistryTable } from './registry-table'
import { parseRegistriesSearch, type RegistriesSearch } from './search'

const route = getRouteApi('/_app/registries/')

/** What the banks say they have settled, against what Sverka knows. */
export function RegistriesPage() {
  const { t } = useLingui()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery(registriesQuery(search))
  useRowKeys()
  const go = (part: Partial<RegistriesSearch>) =>
    void navigate({ search: parseRegistriesSearch({ ...search, after: undefined, ...part }) })
  const filtered = search.bank !== undefined || search.account !== undefined
  return (
    <Page
      title={t`Реестры`}
      heading={t`Реестры`}
      subtitle={t`Сверка по расчётам банка: каждая его операция находит свою попытку оплаты, или видно, чего не хватает.`}
      aside={
        <Link
          to="/registries/new"
          search={{ bank: search.bank, account: search.account }}
          className="button-link push"
          data-variant="primary"
        >
          {t`Загрузить реестр`}
        </Link>
      }
    >
      <div className={styles.filters}>
        <AccountChoice chosen={search} onChange={go} anyLabel={t`Все`} />
      </div>
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length !== 0 && !(list.isError && list.data === undefined) && (
        <RegistryTable registries={list.data?.items ?? []} loading={list.isPending} dimmed={list.isPlaceholderData} />
      )}
      {list.data?.items.length === 0 && (
        <EmptyList
          title={t`Реестров пока нет`}
          text={t`Загрузите файл, который банк присылает после расчётов, или возьмите операции прямо у банка.`}
          chips={
            filtered
              ? [
                  {
                    key: 'account',
                    text: [search.bank, search.account].filter(Boolean).join(' · '),
                    without: { bank: undefined, account: undefined },
                  },
                ]
              : []
          }
          onChange={go}
          onReset={() => go({ bank: undefined, account: undefined })}
        />
      )}
      {(search.after !== undefined || list.data?.next_cursor) && (
        <Pager after={search.after} nextCursor={list.data?.next_cursor ?? null} onGo={(after) => go({ after })} />
      )}
    </Page>
  )
}
