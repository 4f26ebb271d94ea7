import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMayMend } from '#src/api/may-mend'
import type { Mend, RegistryLineView } from '#src/gen/types.gen'
import { formatFull, formatShort } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { Badge } from '#src/ui/badge'
import table from '#src/ui/list-table.module.css'
import { LineProblem } from './line-problem'
import styles from './registry-page.module.css'
import { kindWords, mendWords, resultWords } from './words'

type Props = { line: RegistryLineView; busy: boolean; onMend: (action: Mend) => void }

export function LineRow({ line, busy, onMend }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const mayMend = useMayMend()
  const word = resultWords[line.result]
  return (
    <tr className={table.row}>
      <td className={table.num}>{line.number ?? <span className="quiet">—</span>}</td>
      <td className={table.soft} title={formatFull(line.at)}>
        {formatShort(line.at)}
      </td>
      <td className={table.soft} data-from="medium">
        {t(kindWords[line.kind])}
      </td>
      <td className={table.wrap}>
        <Order line={line} />
      </td>
      <td className={table.num}>{format.money(line.amount)}</td>
      <td className={`${table.num} ${table.soft}`} data-from="wide">
        {line.fee === null ? '' : format.money(line.fee)}
      </td>
      <td>
        <Badge tone={word.tone} shape={word.shape}>
          {t(word.label)}
        </Badge>
      </td>
      <td className={table.wrap}>
        <LineProblem problem={line.problem} />
      </td>
      <td className={table.wrap}>
        <span className={`${styles.mends} ${table.above}`}>
          {line.mends.map((action) => (
            <Button
              key={action}
              size="compact-xs"
              variant="default"
              disabled={!mayMend}
              loading={busy}
              onClick={() => onMend(action)}
            >
              {t(mendWords[action])}
            </Button>
          ))}
        </span>
      </td>
    </tr>
  )
}

/** The link covers the row, and there is one only when there is an attempt to open. */
function Order({ line }: { line: RegistryLineView }) {
  const name = line.order_number ?? line.bank_order_id ?? line.rrn ?? '—'
  const rest = [
    line.order_number === null ? null : line.bank_order_id,
    line.rrn === null || name === line.rrn ? null : `RRN ${line.rrn}`,
  ].filter((part) => part !== null)
  return (
    <>
      {line.attempt_id === null ? (
        name
      ) : (
        <Link to="/payments/$id" params={{ id: line.attempt_id }} className={table.link} data-row-link="">
          {name}
        </Link>
      )}
      {rest.length > 0 && (
        <code className={styles.id} title={rest.join(' · ')}>
          {rest.join(' · ')}
        </code>
      )}
    </>
  )
}
