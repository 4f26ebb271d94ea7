import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ProblemNotice } from '#src/api/problem-notice'
import type { BulkRunView } from '#src/gen/types.gen'
import { formatFull, formatShort } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { useRowKeys } from '#src/lib/use-row-keys'
import { EmptyList } from '#src/ui/empty-list'
import { ListTable } from '#src/ui/list-table'
import table from '#src/ui/list-table.module.css'
import { Page } from '#src/ui/page'
import { Pager } from '#src/ui/pager'
import { bulkRunsQuery } from './queries'
import { RunBadge } from './run-badge'
import { useRunWords } from './use-run-words'

const route = getRouteApi('/_app/bulk-runs/')

/** Actions on many payments, the newest first. */
export function BulkRunsPage() {
  const { t } = useLingui()
  const { after } = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery(bulkRunsQuery(after))
  useRowKeys()
  const failed = list.isError && list.data === undefined
  const empty = list.data?.items.length === 0
  return (
    <Page
      title={t`Массовые действия`}
      heading={t`Массовые действия`}
      subtitle={t`Синхронизация и запросы банка о многих платежах сразу. Начинаются из списка платежей, кнопкой «С найденными».`}
    >
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {empty && (
        <EmptyList
          title={t`Массовых действий ещё не было`}
          text={t`Отберите платежи в списке и выберите действие кнопкой «С найденными».`}
        />
      )}
      {!failed && !empty && (
        <ListTable
          caption={t`Массовые действия, новые сверху`}
          loading={list.isPending}
          dimmed={list.isPlaceholderData}
          columns={[
            { key: 'at', title: t`Начато`, width: 108 },
            { key: 'what', title: t`Что`, width: 220 },
            { key: 'state', title: t`Состояние`, width: 130 },
            { key: 'total', title: t`Платежей`, width: 100, align: 'right' },
            { key: 'result', title: t`Что вышло`, from: 'medium' },
            { key: 'by', title: t`Кто`, width: 180, from: 'wide' },
          ]}
        >
          {list.data?.items.map((run) => (
            <Row key={run.id} run={run} />
          ))}
        </ListTable>
      )}
      {(after !== undefined || list.data?.next_cursor) && (
        <Pager
          after={after}
          nextCursor={list.isPlaceholderData ? null : (list.data?.next_cursor ?? null)}
          onGo={(next) => void navigate({ search: next === undefined ? {} : { after: next } })}
        />
      )}
    </Page>
  )
}

function Row({ run }: { run: BulkRunView }) {
  const format = useFormat()
  const words = useRunWords()
  const result = words.result(run)
  return (
    <tr className={table.row}>
      <td className={table.soft} title={formatFull(run.created_at)}>
        {formatShort(run.created_at)}
      </td>
      <td>
        <Link to="/bulk-runs/$id" params={{ id: run.id }} search={{}} className={table.link} data-row-link="">
          {words.name(run)}
        </Link>
      </td>
      <td>
        <RunBadge state={run.state} />
      </td>
      <td className={table.num}>{format.number(run.total)}</td>
      <td className={table.soft} data-from="medium" title={result}>
        {result}
      </td>
      <td className={table.soft} data-from="wide">
        {run.created_by ?? '—'}
      </td>
    </tr>
  )
}
