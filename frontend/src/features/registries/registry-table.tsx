import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useTitles } from '#src/api/reference'
import type { RegistryView } from '#src/gen/types.gen'
import { formatFull, formatShort } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { ListTable } from '#src/ui/list-table'
import table from '#src/ui/list-table.module.css'
import { AddsUp } from './adds-up'
import { Tally } from './tally'
import { useLayoutName } from './use-layout-name'
import { usePeriod } from './use-period'

type Props = { registries: ReadonlyArray<RegistryView>; loading: boolean; dimmed: boolean }

export function RegistryTable({ registries, loading, dimmed }: Props) {
  const { t } = useLingui()
  return (
    <ListTable
      caption={t`Реестры, новые сверху`}
      loading={loading}
      dimmed={dimmed}
      columns={[
        { key: 'loaded', title: t`Загружен`, width: 104 },
        { key: 'account', title: t({ message: 'Эквайринг', context: 'one account' }), width: 170 },
        { key: 'period', title: t`Дни`, width: 168 },
        { key: 'source', title: t`Откуда`, from: 'wide' },
        { key: 'lines', title: t`Строк`, width: 76, align: 'right' },
        { key: 'tally', title: t`Что вышло`, width: 268 },
        { key: 'payments', title: t`Оплаты`, width: 124, align: 'right', from: 'medium' },
        { key: 'adds', title: t`Итоги`, width: 128, from: 'medium' },
      ]}
    >
      {registries.map((registry) => (
        <Row key={registry.id} registry={registry} />
      ))}
    </ListTable>
  )
}

function Row({ registry }: { registry: RegistryView }) {
  const title = useTitles()
  const format = useFormat()
  const layout = useLayoutName()
  const period = usePeriod()
  const source = registry.file_name ?? layout(registry.layout)
  return (
    <tr className={table.row}>
      <td className={table.soft} title={formatFull(registry.loaded_at)}>
        {formatShort(registry.loaded_at)}
      </td>
      <td>
        <Link to="/registries/$id" params={{ id: registry.id }} search={{}} className={table.link} data-row-link="">
          {title.bank(registry.bank)} · {registry.bank_account}
        </Link>
      </td>
      <td className={table.soft}>{period(registry.period)}</td>
      <td className={table.soft} data-from="wide" title={source}>
        {source}
      </td>
      <td className={table.num}>{format.number(registry.lines)}</td>
      <td>
        <Tally counts={registry.counts} />
      </td>
      <td className={table.num} data-from="medium">
        {format.money(registry.sums.payments)}
      </td>
      <td data-from="medium">
        <AddsUp value={registry.adds_up} />
      </td>
    </tr>
  )
}
