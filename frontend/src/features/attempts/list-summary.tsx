import { Plural, useLingui } from '@lingui/react/macro'
import type { UseQueryResult } from '@tanstack/react-query'
import type { PageOfAttemptView } from '#src/gen/types.gen'
import { formatClock } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import styles from './list-summary.module.css'

type Props = { list: UseQueryResult<PageOfAttemptView>; newcomers: number; onShowNew: () => void }

export function ListSummary({ list, newcomers, onShowNew }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const total = list.data?.total
  const updatedAt = formatClock(new Date(list.dataUpdatedAt).toISOString())
  return (
    <p className={styles.summary}>
      {/* The clock stays outside: it would be read aloud every ten seconds. */}
      <span aria-live="polite">
        {total === undefined && <span className="quiet">{list.isError ? '—' : t`Загружаем…`}</span>}
        {total?.relation === 'gte' && <b>{t`${format.number(total.value)}+ платежей`}</b>}
        {total?.relation === 'eq' && (
          <b>
            <Plural value={total.value} one="# платёж" few="# платежа" many="# платежей" other="# платежа" />
          </b>
        )}
      </span>
      {newcomers > 0 && (
        <button type="button" className={styles.fresh} onClick={onShowNew}>
          <Plural value={newcomers} one="# новый" few="# новых" many="# новых" other="# новых" />
        </button>
      )}
      {total !== undefined && <span className="quiet">{t`обновлено в ${updatedAt}`}</span>}
    </p>
  )
}
