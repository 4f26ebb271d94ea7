import { useLingui } from '@lingui/react/macro'
import type { DeliveryTryView } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import styles from './timeline.module.css'
import { deliveryVerdict } from './timeline-words'

/** One try to pass it on: what was sent, which try it was, what the accounting system answered. */
export function DeliveryLine({ delivery }: { delivery: DeliveryTryView }) {
  const { t } = useLingui()
  const verdict = deliveryVerdict(delivery.verdict)
  const kind = delivery.kind === 'refund' ? t`возврат` : t`платёж`
  // 0: queued and not tried yet, which the entry's own words say already.
  if (delivery.try === 0) return null
  return (
    <>
      <p className="row-gap">
        <span className="quiet">{t`${kind}, попытка ${delivery.try}`}</span>
        {verdict && (
          <span className={styles.verdict} data-tone={verdict.tone}>
            {t(verdict.text)}
          </span>
        )}
        {delivery.http_status && <span className="quiet">HTTP {delivery.http_status}</span>}
        {delivery.next_try_at && <span className="quiet">{t`повтор ${formatFull(delivery.next_try_at)}`}</span>}
      </p>
      {delivery.answer && <blockquote className={styles.quote}>{delivery.answer}</blockquote>}
    </>
  )
}
