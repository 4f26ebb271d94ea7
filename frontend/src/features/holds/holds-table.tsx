import { Plural, useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useConnectionTitles } from '#src/api/connections'
import { holdReasonWords } from '#src/api/holds'
import type { HeldAttempt, HoldView } from '#src/gen/types.gen'
import { formatFull, formatShort } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { Badge } from '#src/ui/badge'
import { ListTable } from '#src/ui/list-table'
import table from '#src/ui/list-table.module.css'

type Props = { held: ReadonlyArray<HeldAttempt>; loading: boolean; dimmed: boolean }

export function HoldsTable({ held, loading, dimmed }: Props) {
  const { t } = useLingui()
  return (
    <ListTable
      caption={t`Платежи, которые ждут решения, самые давние сверху`}
      loading={loading}
      dimmed={dimmed}
      columns={[
        { key: 'since', title: t`Ждёт с`, width: 108 },
        { key: 'client', title: t`Клиент` },
        { key: 'order', title: t`Заказ`, width: 150, from: 'medium' },
        { key: 'amount', title: t`Сумма`, width: 120, align: 'right' },
        { key: 'reason', title: t`Почему`, width: 220 },
        { key: 'found', title: t`Найдено`, width: 220, from: 'medium' },
        { key: 'connection', title: t`Учётная система`, width: 190, from: 'wide' },
      ]}
    >
      {held.map((one) => (
        <Row key={one.hold.delivery_id} held={one} />
      ))}
    </ListTable>
  )
}

function Row({ held: { attempt, hold } }: { held: HeldAttempt }) {
  const { t } = useLingui()
  const format = useFormat()
  const titles = useConnectionTitles()
  const { label, tone } = holdReasonWords[hold.reason]
  return (
    <tr className={table.row}>
      <td className={table.soft} title={formatFull(hold.since)}>
        {formatShort(hold.since)}
      </td>
      <td>
        <Link to="/payments/$id" params={{ id: attempt.id }} className={table.link} data-row-link="">
          {attempt.client.name}
        </Link>
        {hold.kind === 'refund' && <span className="quiet"> · {t`возврат`}</span>}
      </td>
      <td data-from="medium" title={attempt.order_number}>
        {attempt.order_number}
      </td>
      <td className={table.num}>{format.money(attempt.amount)}</td>
      <td>
        <Badge tone={tone} shape="square">
          {t(label)}
        </Badge>
      </td>
      <td className={table.soft} data-from="medium">
        <Found hold={hold} />
      </td>
      <td className={table.soft} data-from="wide">
        {hold.connection === null ? '—' : titles.named(hold.connection)}
      </td>
    </tr>
  )
}

/** The one document by its number; of several, how many. */
function Found({ hold: { documents, clients } }: { hold: HoldView }) {
  const { t } = useLingui()
  const [first, ...more] = documents
  if (first !== undefined && more.length === 0) return t`документ ${first.number ?? first.key}`
  if (documents.length > 0) {
    return (
      <Plural value={documents.length} one="# документ" few="# документа" many="# документов" other="# документа" />
    )
  }
  if (clients.length > 0) {
    return <Plural value={clients.length} one="# клиент" few="# клиента" many="# клиентов" other="# клиента" />
  }
  return '—'
}
