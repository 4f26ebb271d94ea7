import { Plural, useLingui } from '@lingui/react/macro'
import type { RawNotification } from '#src/gen/types.gen'
import { CopyButton } from '#src/ui/copy-button'
import styles from './timeline.module.css'
import { verdictWords } from './words'

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
  return (
    <details className={styles.raw}>
      <summary>
        {t`Исходное уведомление`}: {t(verdictWords[notification.verdict])}
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
      <div className={styles.rawBox}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard */}
        <pre tabIndex={0}>{text}</pre>
        <span className={styles.copy}>
          <CopyButton value={text} label={t`Скопировать уведомление`} />
        </span>
      </div>
    </details>
  )
}
