import { useLingui } from '@lingui/react/macro'
import type { ConnectionView } from '#src/gen/types.gen'
import { formatFull, formatSince } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { Figure, Figures } from '#src/ui/figures'
import { TimeAgo } from '#src/ui/time-ago'

export function ConnectionFigures({ connection }: { connection: ConnectionView }) {
  const { t } = useLingui()
  const format = useFormat()
  const { backlog, last_good_at, next_try_at } = connection
  return (
    <Figures>
      <Figure name={t`Ждут передачи`} value={format.number(backlog.waiting)}>
        {backlog.amount.map(format.money).join(' + ')}
      </Figure>
      <Figure name={t`Самая старая`} value={backlog.oldest_at === null ? '—' : formatSince(backlog.oldest_at)}>
        {backlog.oldest_at !== null && <TimeAgo at={backlog.oldest_at} />}
      </Figure>
      <Figure name={t`Ждут решения`} value={format.number(backlog.held)} bad={backlog.held > 0} />
      <Figure name={t`Отказано`} value={format.number(backlog.refused)} bad={backlog.refused > 0} />
      <Figure name={t`Последний хороший ответ`} value={last_good_at === null ? '—' : formatSince(last_good_at)}>
        {last_good_at !== null && <TimeAgo at={last_good_at} />}
      </Figure>
      {next_try_at !== null && (
        <Figure
          name={t`Следующая попытка`}
          value={<span title={formatFull(next_try_at)}>{formatSince(next_try_at)}</span>}
        >
          <TimeAgo at={next_try_at} />
        </Figure>
      )}
    </Figures>
  )
}
