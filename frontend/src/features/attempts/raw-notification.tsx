import { Plural, useLingui } from '@lingui/react/macro'
import { verdictWords } from '#src/api/status-words'
import type { RawNotification } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import { RawBox } from '#src/ui/raw-box'
import styles from './timeline.module.css'

/** The notification as it came, so that it can be sent to the bank's support word for word. */
export function rawText(notification: RawNotification): string {
  const headers = Object.entries(notification.headers).map(([name, value]) => `${name}: ${value}`)
  const query = notification.query === '' ? '' : `?${notification.query}`
  return [`${notification.method} ${query}`.trim(), ...headers, '', notification.body].join('\n').trimEnd()
}

export function RawNotificationBox({ notification }: { notification: RawNotification }) {
  const { t } = useLingui()
  const text = rawText(notification)
  const from = notification.remote_addr
  const repeats = notification.repeats
  const dropped = notification.raw_dropped_at
  return (
    <details className={styles.raw}>
      <summary>
        {t`Исходное уведомление`}: {t(verdictWords[notification.verdict].label)}
      </summary>
      <p className="row-gap quiet">
        {from && <span>{t`с адреса ${from}`}</span>}
        {repeats > 0 && (
          <span>
            <Plural
              value={repeats}
              one="пришло ещё # раз"
              few="пришло ещё # раза"
              many="пришло ещё # раз"
              other="пришло ещё # раза"
            />
          </span>
        )}
      </p>
      {dropped === null ? (
        <RawBox text={text} copyLabel={t`Скопировать уведомление`} />
      ) : (
        <p className="quiet">{t`Исходный вид удалён ${formatFull(dropped)}: срок хранения прошёл.`}</p>
      )}
    </details>
  )
}
