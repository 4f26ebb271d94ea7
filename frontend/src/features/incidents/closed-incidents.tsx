import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useTitles } from '#src/api/reference'
import type { IncidentView } from '#src/gen/types.gen'
import { formatFull, formatShort, formatSpan } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { ListTable } from '#src/ui/list-table'
import table from '#src/ui/list-table.module.css'
import { kindWords } from './words'

type Props = { incidents: ReadonlyArray<IncidentView>; loading: boolean; dimmed: boolean }

export function ClosedIncidents({ incidents, loading, dimmed }: Props) {
  const { t } = useLingui()
  return (
    <ListTable
      caption={t`Закрытые инциденты, новые сверху`}
      loading={loading}
      dimmed={dimmed}
      columns={[
        { key: 'since', title: t`Начался`, width: 108 },
        { key: 'account', title: t({ message: 'Эквайринг', context: 'one account' }) },
        { key: 'kind', title: t`Что было`, width: 190 },
        { key: 'lasted', title: t`Длился`, width: 130 },
        { key: 'paid', title: t`Оплат`, width: 80, align: 'right' },
        { key: 'healed', title: t`Восстановлено`, width: 120, align: 'right' },
        { key: 'waiting', title: t`Ждут`, width: 80, align: 'right' },
        { key: 'closed', title: t`Закрыт`, width: 108, from: 'medium' },
      ]}
    >
      {incidents.map((incident) => (
        <ClosedRow key={incident.id} incident={incident} />
      ))}
    </ListTable>
  )
}

function ClosedRow({ incident }: { incident: IncidentView }) {
  const { t } = useLingui()
  const format = useFormat()
  const title = useTitles()
  const { paid, healed, waiting } = incident.counts
  return (
    <tr className={table.row}>
      <td className={table.soft} title={formatFull(incident.since)}>
        {formatShort(incident.since)}
      </td>
      <td>
        <Link to="/incidents/$id" params={{ id: incident.id }} search={{}} className={table.link} data-row-link="">
          {title.bank(incident.bank)} · {incident.bank_account}
        </Link>
      </td>
      <td>{t(kindWords[incident.kind].short)}</td>
      <td className={table.soft}>
        {incident.closed_at !== null && formatSpan(incident.since, incident.closed_at, format.locale)}
      </td>
      <td className={table.num}>{format.number(paid)}</td>
      <td className={table.num}>{format.number(healed)}</td>
      <td className={table.num}>{format.number(waiting)}</td>
      <td className={table.soft} data-from="medium">
        {incident.closed_at !== null && formatShort(incident.closed_at)}
      </td>
    </tr>
  )
}
