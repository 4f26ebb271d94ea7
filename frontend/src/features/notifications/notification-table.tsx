import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useTitles } from '#src/api/reference'
import { VerdictBadge } from '#src/api/status-badges'
import type { NotificationView } from '#src/gen/types.gen'
import { formatFull, formatShort } from '#src/lib/time'
import { ListTable } from '#src/ui/list-table'
import table from '#src/ui/list-table.module.css'

type Props = { rows: ReadonlyArray<NotificationView>; loading: boolean; dimmed: boolean }

export function NotificationTable({ rows, loading, dimmed }: Props) {
  const { t } = useLingui()
  return (
    <ListTable
      caption={t`Уведомления банков, новые сверху`}
      loading={loading}
      dimmed={dimmed}
      skeletons={24}
      columns={[
        { key: 'at', title: t`Пришло`, width: 112 },
        { key: 'account', title: t({ message: 'Эквайринг', context: 'one account' }), width: 150 },
        { key: 'verdict', title: t`Что с ним стало`, width: 222 },
        { key: 'order', title: t`Заказ` },
        { key: 'bank-order', title: t`Номер в банке`, from: 'medium' },
        { key: 'repeats', title: t`Повторов`, width: 84, align: 'right', from: 'wide' },
        { key: 'attempt', title: t`Попытка`, width: 100 },
      ]}
    >
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </ListTable>
  )
}

function Row({ row }: { row: NotificationView }) {
  const { t } = useLingui()
  const title = useTitles()
  return (
    <tr className={table.row}>
      <td className={table.soft} title={formatFull(row.received_at)}>
        <Link to="/notifications/$id" params={{ id: row.id }} className={table.link} data-row-link="">
          {formatShort(row.received_at)}
        </Link>
      </td>
      <td>
        {title.bank(row.bank)} <span className="quiet">· {row.bank_account}</span>
      </td>
      <td>
        <VerdictBadge verdict={row.verdict} />
      </td>
      <td title={row.order_number ?? undefined}>{row.order_number ?? '—'}</td>
      <td data-from="medium" title={row.bank_order_id ?? undefined}>
        <code>{row.bank_order_id ?? '—'}</code>
      </td>
      <td className={table.num} data-from="wide">
        {row.repeats > 0 ? row.repeats : ''}
      </td>
      <td>
        {row.attempt_id !== null && (
          <Link to="/payments/$id" params={{ id: row.attempt_id }} className={table.above}>
            {t`открыть`} <span className="visually-hidden">{row.order_number}</span>
          </Link>
        )}
      </td>
    </tr>
  )
}
