import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ProblemNotice } from '#src/api/problem-notice'
import type { BulkRowView, BulkRunView } from '#src/gen/types.gen'
import { useFormat } from '#src/lib/use-format'
import { useRowKeys } from '#src/lib/use-row-keys'
import { ListTable } from '#src/ui/list-table'
import table from '#src/ui/list-table.module.css'
import { Pager } from '#src/ui/pager'
import styles from './bulk-run-page.module.css'
import { OutcomeTally } from './outcome-tally'
import { bulkRowsQuery } from './queries'
import { OutcomeBadge } from './run-badge'

const route = getRouteApi('/_app/bulk-runs/$id')

export function BulkRows({ run }: { run: BulkRunView }) {
  const { t } = useLingui()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery(bulkRowsQuery(run, search))
  useRowKeys()
  const isOther = list.isPlaceholderData && run.state !== 'running'
  return (
    <div className={styles.rows}>
      <OutcomeTally run={run} chosen={search.outcome} />
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {!(list.isError && list.data === undefined) && (
        <ListTable
          caption={t`Платежи и что с каждым`}
          loading={list.isPending}
          dimmed={isOther}
          columns={[
            { key: 'client', title: t`Клиент` },
            { key: 'order', title: t`Заказ`, width: 150, from: 'medium' },
            { key: 'amount', title: t`Сумма`, width: 118, align: 'right' },
            { key: 'outcome', title: t`Что вышло`, width: 224 },
            { key: 'document', title: t`Документ`, width: 140, from: 'wide' },
            { key: 'detail', title: t`Почему`, from: 'medium' },
          ]}
        >
          {list.data?.items.map((row) => (
            <Row key={row.attempt_id} row={row} />
          ))}
        </ListTable>
      )}
      {(search.after !== undefined || list.data?.next_cursor) && (
        <Pager
          after={search.after}
          nextCursor={list.isPlaceholderData ? null : (list.data?.next_cursor ?? null)}
          onGo={(after) => void navigate({ search: { ...search, after } })}
        />
      )}
    </div>
  )
}

function Row({ row }: { row: BulkRowView }) {
  const { t } = useLingui()
  const format = useFormat()
  return (
    <tr className={table.row}>
      <td>
        <Link to="/payments/$id" params={{ id: row.attempt_id }} className={table.link} data-row-link="">
          {row.client_name}
        </Link>
      </td>
      <td data-from="medium" title={row.order_number}>
        {row.order_number}
      </td>
      <td className={table.num}>{format.money(row.amount)}</td>
      <td>
        {row.outcome === null ? (
          <span className="quiet">{t`ждёт очереди`}</span>
        ) : (
          <OutcomeBadge outcome={row.outcome} />
        )}
      </td>
      <td className={table.soft} data-from="wide">
        {row.document_ref}
      </td>
      <td className={table.soft} data-from="medium" title={row.detail ?? undefined}>
        {row.detail}
      </td>
    </tr>
  )
}
