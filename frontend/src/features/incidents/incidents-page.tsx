import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { AccountChoice } from '#src/api/account-choice'
import { ProblemNotice } from '#src/api/problem-notice'
import { useRowKeys } from '#src/lib/use-row-keys'
import { CheckIcon } from '#src/ui/icons'
import { Page } from '#src/ui/page'
import { Pager } from '#src/ui/pager'
import { Segments } from '#src/ui/segments'
import { ClosedIncidents } from './closed-incidents'
import styles from './incidents-page.module.css'
import { OpenIncident } from './open-incident'
import { incidentsQuery } from './queries'
import { type IncidentsSearch, parseIncidentsSearch } from './search'

const route = getRouteApi('/_app/incidents/')

/** Which banks stopped talking, now and before. */
export function IncidentsPage() {
  const { t } = useLingui()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  useRowKeys()
  const go = (part: Partial<IncidentsSearch>) =>
    void navigate({ search: parseIncidentsSearch({ ...search, after: undefined, ...part }) })
  return (
    <Page
      title={t`Инциденты`}
      heading={t`Инциденты`}
      subtitle={t`Когда банк перестаёт сообщать об оплатах или сообщает не о всех. Открываются и закрываются сами.`}
    >
      <div className={styles.filters}>
        <AccountChoice chosen={search} onChange={go} anyLabel={t`Все`} />
        <Segments
          legend={t`Какие инциденты`}
          value={search.state ?? 'all'}
          options={[
            { value: 'all', label: t`Все` },
            { value: 'open', label: t`Открытые` },
            { value: 'closed', label: t`Закрытые` },
          ]}
          onChange={(state) => go({ state: state === 'all' ? undefined : state })}
        />
      </div>
      {search.state !== 'closed' && <OpenOnes search={search} />}
      {search.state !== 'open' && <ClosedOnes search={search} onPage={(after) => go({ after })} />}
    </Page>
  )
}

function OpenOnes({ search }: { search: IncidentsSearch }) {
  const { t } = useLingui()
  const list = useQuery(incidentsQuery(search, 'open'))
  return (
    <section className={styles.section} aria-label={t`Открытые инциденты`} aria-live="polite">
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={110} />}
      {list.data?.items.length === 0 && (
        <p className={styles.calm}>
          <CheckIcon />
          {t`Открытых инцидентов нет: банки сообщают об оплатах как обычно.`}
        </p>
      )}
      <div className={styles.list}>
        {list.data?.items.map((incident) => (
          <OpenIncident key={incident.id} incident={incident} />
        ))}
      </div>
    </section>
  )
}

type ClosedProps = { search: IncidentsSearch; onPage: (after: string[] | undefined) => void }

function ClosedOnes({ search, onPage }: ClosedProps) {
  const { t } = useLingui()
  const list = useQuery(incidentsQuery(search, 'closed'))
  const empty = list.data?.items.length === 0
  return (
    <section className={styles.section} aria-label={t`Закрытые инциденты`}>
      <h2>{t`Закрытые`}</h2>
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {empty && <p className="quiet">{t`Закрытых инцидентов нет.`}</p>}
      {!empty && !list.isError && (
        <ClosedIncidents incidents={list.data?.items ?? []} loading={list.isPending} dimmed={list.isPlaceholderData} />
      )}
      {(search.after !== undefined || list.data?.next_cursor) && (
        <Pager after={search.after} nextCursor={list.data?.next_cursor ?? null} onGo={onPage} />
      )}
    </section>
  )
}
