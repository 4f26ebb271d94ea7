import { Plural, useLingui } from '@lingui/react/macro'
import type { UseQueryResult } from '@tanstack/react-query'
import type { PageOfNotificationView } from '#src/gen/types.gen'
import { formatClock } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'

export function TotalLine({ query }: { query: UseQueryResult<PageOfNotificationView> }) {
  const { t } = useLingui()
  const format = useFormat()
  const total = query.data?.total
  const updatedAt = formatClock(new Date(query.dataUpdatedAt).toISOString())
  return (
    <p className="row-gap">
      <span aria-live="polite">
        {total === undefined && <span className="quiet">{query.isError ? '—' : t`Загружаем…`}</span>}
        {total?.relation === 'gte' && <b>{t`${format.number(total.value)}+ уведомлений`}</b>}
        {total?.relation === 'eq' && (
          <b>
            <Plural
              value={total.value}
              one="# уведомление"
              few="# уведомления"
              many="# уведомлений"
              other="# уведомления"
            />
          </b>
        )}
      </span>
      {total !== undefined && <span className="quiet">{t`обновлено в ${updatedAt}`}</span>}
    </p>
  )
}
