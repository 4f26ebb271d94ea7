import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { connectionsQuery, useConnectionTitles } from '#src/api/connections'
import { holdReasonWords } from '#src/api/holds'
import { ProblemNotice } from '#src/api/problem-notice'
import { HoldReason } from '#src/gen/types.gen'
import { useRowKeys } from '#src/lib/use-row-keys'
import { EmptyList } from '#src/ui/empty-list'
import { Page } from '#src/ui/page'
import { Pager } from '#src/ui/pager'
import { Select } from '#src/ui/select'
import styles from './holds-page.module.css'
import { HoldsTable } from './holds-table'
import { holdsQuery } from './queries'
import { type HoldsSearch, parseHoldsSearch } from './search'

const route = getRouteApi('/_app/holds')

/** What only a person can decide, the longest waiting first. */
export function HoldsPage() {
  const { t } = useLingui()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery(holdsQuery(search))
  const labels = useLabels()
  useRowKeys()
  const go = (part: Partial<HoldsSearch>) =>
    void navigate({ search: parseHoldsSearch({ ...search, after: undefined, ...part }) })
  const failed = list.isError && list.data === undefined
  return (
    <Page
      title={t`Ждут решения`}
      heading={t`Ждут решения`}
      subtitle={t`Сверка остановилась перед передачей и спрашивает человека. Самые давние сверху.`}
    >
      <Filters search={search} onChange={go} />
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {!failed && list.data?.items.length !== 0 && (
        <HoldsTable held={list.data?.items ?? []} loading={list.isPending} dimmed={list.isPlaceholderData} />
      )}
      {list.data?.items.length === 0 && (
        <EmptyList
          title={t`Решать нечего`}
          text={t`Все оплаты либо переданы, либо ждут только учётной системы.`}
          chips={labels(search)}
          onChange={go}
          onReset={() => void navigate({ search: {} })}
        />
      )}
      {(search.after !== undefined || list.data?.next_cursor) && (
        <Pager
          after={search.after}
          nextCursor={list.isPlaceholderData ? null : (list.data?.next_cursor ?? null)}
          onGo={(after) => go({ after })}
        />
      )}
    </Page>
  )
}

function useLabels() {
  const { t } = useLingui()
  const titles = useConnectionTitles()
  return ({ reason, connection }: HoldsSearch) => [
    ...(reason ? [{ key: 'reason', text: t(holdReasonWords[reason].label), without: { reason: undefined } }] : []),
    ...(connection ? [{ key: 'connection', text: titles.named(connection), without: { connection: undefined } }] : []),
  ]
}

function Filters({ search, onChange }: { search: HoldsSearch; onChange: (part: Partial<HoldsSearch>) => void }) {
  const { t } = useLingui()
  const { data: connections = [] } = useQuery(connectionsQuery())
  const titles = useConnectionTitles()
  const isUnknown = search.connection !== undefined && !connections.some((one) => one.name === search.connection)
  const names = [...connections.map((one) => one.name), ...(isUnknown ? [search.connection ?? ''] : [])]
  return (
    <div className={styles.filters}>
      <Select
        label={t`Почему`}
        value={search.reason ?? ''}
        options={[
          { value: '', label: t`Любая причина` },
          ...Object.values(HoldReason).map((value) => ({ value, label: t(holdReasonWords[value].label) })),
        ]}
        onChange={(value) => onChange({ reason: parseHoldsSearch({ reason: value }).reason })}
      />
      {names.length > 1 && (
        <Select
          label={t`Учётная система`}
          value={search.connection ?? ''}
          options={[{ value: '', label: t`Все` }, ...names.map((value) => ({ value, label: titles.named(value) }))]}
          onChange={(value) => onChange({ connection: value === '' ? undefined : value })}
        />
      )}
    </div>
  )
}
