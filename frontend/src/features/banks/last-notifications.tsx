import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { CallbackCheckView, NotificationView } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import { Badge } from '#src/ui/badge'
import { TimeAgo } from '#src/ui/time-ago'
import type { Tone } from '#src/ui/tone'
import styles from './last-notifications.module.css'

/** The last notification of each kind that matters for "does the address work". */
export function LastNotifications({ check }: { check: CallbackCheckView }) {
  const { t } = useLingui()
  return (
    <dl className={styles.list}>
      <Row name={t`Подлинное`} tone="good" note={check.last_genuine} meaning={t`Адрес и секрет верны.`} />
      <Row
        name={t`Отклонённое`}
        tone="bad"
        note={check.last_rejected}
        meaning={t`Подпись не сошлась: секрет неверен или уведомление прислал не банк.`}
      />
      <Row
        name={t`Без попытки`}
        tone="warn"
        note={check.last_orphan}
        meaning={t`Подлинное, но такого заказа в Сверке нет.`}
      />
    </dl>
  )
}

type RowProps = { name: string; tone: Tone; note: NotificationView | null; meaning: string }

function Row({ name, tone, note, meaning }: RowProps) {
  const { t } = useLingui()
  return (
    <div className={styles.row}>
      <dt>
        <Badge tone={note === null ? 'mute' : tone} shape={note === null ? 'ring' : 'dot'}>
          {name}
        </Badge>
      </dt>
      <dd>
        {note === null ? (
          <span className="quiet">{t`ещё не было`}</span>
        ) : (
          <>
            <p className={styles.line}>
              <Link to="/notifications/$id" params={{ id: note.id }} title={formatFull(note.received_at)}>
                <TimeAgo at={note.received_at} />
              </Link>
              {note.order_number !== null && <span>{t`заказ ${note.order_number}`}</span>}
              {note.attempt_id !== null && (
                <Link to="/payments/$id" params={{ id: note.attempt_id }}>{t`попытка оплаты`}</Link>
              )}
            </p>
            <p className="quiet">{meaning}</p>
          </>
        )}
      </dd>
    </div>
  )
}
