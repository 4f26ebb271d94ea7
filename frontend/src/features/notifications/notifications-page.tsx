import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { ProblemNotice } from '#src/api/problem-notice'
import { useShortcuts } from '#src/lib/keyboard'
import { useRowKeys } from '#src/lib/use-row-keys'
import { EmptyList } from '#src/ui/empty-list'
import { FilterChips } from '#src/ui/filter-chips'
import list from '#src/ui/list-page.module.css'
import { Pager } from '#src/ui/pager'
import { SearchBox } from '#src/ui/search-box'
import { NotificationFilters } from './notification-filters'
import { NotificationTable } from './notification-table'
import { notificationsQuery } from './queries'
import { type NotificationsSearch, withFilters } from './search'
import { TotalLine } from './total-line'
import { useFilterLabels } from './use-filter-labels'

const route = getRouteApi('/_app/notifications/')

/** Everything that came to the callback addresses, as it came. */
export function NotificationsPage() {
  const { t } = useLingui()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const labels = useFilterLabels()
  const query = useQuery(notificationsQuery(search))
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLInputElement>(null)
  const go = (next: NotificationsSearch) => void navigate({ search: next })
  const change = (part: Partial<NotificationsSearch>) => go(withFilters(search, part))
  useRowKeys()
  useShortcuts({
    Slash: () => {
      box.current?.focus()
      box.current?.select()
    },
  })
  const chips = labels(search)
  const rows = query.data?.items ?? []
  const failed = query.isError && query.data === undefined
  return (
    <div className={list.page}>
      <title>{`${t`Уведомления`} · ${t`Сверка`}`}</title>
      <section className={list.main} aria-label={t`Список уведомлений`}>
        <div className={list.top}>
          <div className={list.bar}>
            <h1 className="visually-hidden">{t`Уведомления банков`}</h1>
            <SearchBox
              ref={box}
              value={search.q ?? ''}
              label={t`Поиск уведомления`}
              placeholder={t`Номер заказа или номер в банке`}
              onFind={(q) => {
                change({ q })
                void query.refetch()
              }}
            />
            <button
              type="button"
              className={list.filtersToggle}
              aria-expanded={open}
              aria-controls="filters"
              onClick={() => setOpen(!open)}
            >
              {t`Фильтры`}
            </button>
          </div>
          <div className={list.summary}>
            <TotalLine query={query} />
            <FilterChips chips={chips} onChange={change} onReset={() => go({})} />
          </div>
        </div>
        {query.isError && (
          <div className={list.notice}>
            <ProblemNotice
              error={query.error}
              title={failed ? undefined : t`Список не обновляется`}
              onRetry={() => void query.refetch()}
            />
          </div>
        )}
        {!failed && (
          <div className={list.rows}>
            <NotificationTable rows={rows} loading={query.isPending} dimmed={query.isPlaceholderData} />
            {query.isSuccess && rows.length === 0 && (
              <EmptyList
                title={t`Уведомлений ещё не было`}
                text={t`Здесь появится всё, что придёт по адресам уведомлений, даже с неверной подписью.`}
                chips={chips}
                onChange={change}
                onReset={() => go({})}
              />
            )}
          </div>
        )}
        <Pager
          after={search.after}
          nextCursor={query.isPlaceholderData ? null : (query.data?.next_cursor ?? null)}
          onGo={(after) => change({ after })}
        />
      </section>
      <NotificationFilters search={search} onChange={change} open={open} />
    </div>
  )
}
