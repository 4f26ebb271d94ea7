import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { ProblemNotice } from '#src/api/problem-notice'
import { useShortcuts } from '#src/lib/keyboard'
import { focusRow } from '#src/lib/row-focus'
import { EmptyList } from '#src/ui/empty-list'
import { FilterChips } from '#src/ui/filter-chips'
import styles from '#src/ui/list-page.module.css'
import { Pager } from '#src/ui/pager'
import { SearchBox } from '#src/ui/search-box'
import { AttemptTable } from './attempt-table'
import { BulkMenu } from './bulk-menu'
import { FilterPanel } from './filter-panel'
import { lastList } from './last-list'
import { ListSummary } from './list-summary'
import { attemptsQuery } from './queries'
import { type PaymentsSearch, parsePaymentsSearch, withFilters } from './search'
import { useCalmRows } from './use-calm-rows'
import { useFilterLabels } from './use-filter-labels'

const route = getRouteApi('/_app/payments/')

export function SearchPage() {
  const { t } = useLingui()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery(attemptsQuery(search))
  const { rows, newcomers, showNew } = useCalmRows(list.data, JSON.stringify(search), list.isPlaceholderData)
  const labels = useFilterLabels()
  const [filtersOpen, setFiltersOpen] = useState(false)
  const box = useRef<HTMLInputElement>(null)
  lastList.search = search

  const go = (next: PaymentsSearch) => void navigate({ search: next })
  const change = (part: Partial<PaymentsSearch>) => go(withFilters(search, part))
  const find = (q: string) => {
    change({ q })
    // «Найти» with the same words asks again and brings the new rows in.
    void list.refetch().then(showNew)
  }

  useShortcuts({
    Slash: () => {
      box.current?.focus()
      box.current?.select()
    },
    KeyJ: () => focusRow(1),
    ArrowDown: () => focusRow(1),
    KeyK: () => focusRow(-1),
    ArrowUp: () => focusRow(-1),
  })

  const failed = list.isError && list.data === undefined
  return (
    <div className={styles.page}>
      <title>{t`Платежи · Сверка`}</title>
      <section className={styles.main} aria-label={t`Список платежей`}>
        <div className={styles.top}>
          <div className={styles.bar}>
            <h1 className="visually-hidden">Orders – {t`Платежи`}</h1>
            <SearchBox
              ref={box}
              value={search.q ?? ''}
              label={t`Поиск платежа`}
              placeholder={t`Фамилия, телефон или последние 4 цифры, номер заказа`}
              onFind={find}
            />
            <button
              type="button"
              className={styles.filtersToggle}
              aria-expanded={filtersOpen}
              aria-controls="filters"
              onClick={() => setFiltersOpen(!filtersOpen)}
            >
              {t`Фильтры`}
            </button>
          </div>
          <div className={styles.summary}>
            <ListSummary list={list} newcomers={newcomers} onShowNew={showNew} />
            <FilterChips chips={labels.all(search)} onChange={change} onReset={() => go({})} />
            <BulkMenu search={search} found={list.data?.total.value ?? 0} />
          </div>
        </div>
        {list.isError && (
          <div className={styles.notice}>
            <ProblemNotice
              error={list.error}
              title={failed ? undefined : t`Список не обновляется`}
              onRetry={() => void list.refetch()}
            />
          </div>
        )}
        {!failed && (
          <AttemptTable rows={rows} loading={list.isPending} dimmed={list.isPlaceholderData}>
            {list.isSuccess && rows.length === 0 && (
              <EmptyList
                title={t`Платежей пока нет`}
                text={t`Здесь появится каждая попытка оплаты, как только приложение её запишет.`}
                chips={labels.all(search)}
                onChange={change}
                onReset={() => go({})}
              />
            )}
          </AttemptTable>
        )}
        <Pager
          after={search.after}
          nextCursor={list.isPlaceholderData ? null : (list.data?.next_cursor ?? null)}
          onGo={(after) => go(parsePaymentsSearch({ ...search, after }))}
        />
      </section>
      <FilterPanel search={search} onChange={change} open={filtersOpen} />
    </div>
  )
}
