import { useLingui } from '@lingui/react/macro'
import type { NotificationDetail } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import { CopyButton } from '#src/ui/copy-button'
import { RawBox } from '#src/ui/raw-box'
import styles from './notification-page.module.css'
import { fieldsOf, wholeText } from './raw-text'

/** Word for word, and beside it taken apart into fields for the eye. */
export function AsItCame({ notification }: { notification: NotificationDetail }) {
  const { t } = useLingui()
  const { query, body, headers } = notification
  if (notification.raw_dropped_at !== null) {
    return (
      <section className={styles.section} aria-labelledby="raw">
        <h2 id="raw">{t`Как пришло`}</h2>
        <p className="quiet">{t`Исходный вид удалён ${formatFull(notification.raw_dropped_at)}: срок хранения прошёл.`}</p>
      </section>
    )
  }
  const fields = fieldsOf(query, body)
  return (
    <section className={styles.section} aria-labelledby="raw">
      <h2 id="raw">
        {t`Как пришло`} <CopyButton value={wholeText(notification)} label={t`Скопировать уведомление`} />
      </h2>
      {fields.length > 0 && (
        <dl className={styles.params}>
          {fields.map(({ key, name, value }) => (
            <div key={key} className={styles.param}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {query !== '' && (
        <>
          <h3>{t`Строка запроса`}</h3>
          <RawBox text={query} copyLabel={t`Скопировать строку запроса`} />
        </>
      )}
      {body !== '' && (
        <>
          <h3>{t`Тело`}</h3>
          <RawBox text={body} copyLabel={t`Скопировать тело`} />
        </>
      )}
      <details className={styles.headers}>
        <summary>{t`Заголовки`}</summary>
        <dl className={styles.params}>
          {headers.map(([name, value], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice with the same value
            <div key={`${name}-${index}`} className={styles.param}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  )
}
