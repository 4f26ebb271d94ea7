import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useIncidentSentence } from '#src/api/incident-sentence'
import { useTitles } from '#src/api/reference'
import type { IncidentView } from '#src/gen/types.gen'
import { formatFull, formatSpan } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { useNow } from '#src/lib/use-now'
import { Evidence } from './evidence'
import styles from './incidents-page.module.css'

export function OpenIncident({ incident }: { incident: IncidentView }) {
  const { t } = useLingui()
  const format = useFormat()
  const title = useTitles()
  const sentence = useIncidentSentence()
  const now = useNow(15_000)
  const lasts = formatSpan(incident.since, new Date(now).toISOString(), format.locale)
  return (
    <article
      className={styles.open}
      data-tone="bad"
      aria-label={`${title.bank(incident.bank)} · ${incident.bank_account}`}
    >
      <p className={styles.account}>
        {title.bank(incident.bank)} <span className="quiet">· {incident.bank_account}</span>
      </p>
      <h2 className={styles.sentence}>
        <Link to="/incidents/$id" params={{ id: incident.id }} search={{}} className={styles.link} data-row-link="">
          {sentence(incident)}
        </Link>
      </h2>
      <Evidence incident={incident} />
      <p className="row-gap quiet">
        <span>{t`длится ${lasts}`}</span>
        <span>{t`открыт ${formatFull(incident.opened_at)}`}</span>
        <span>
          {incident.last_notification_at === null
            ? t`уведомлений ещё не было`
            : t`последнее уведомление ${formatFull(incident.last_notification_at)}`}
        </span>
      </p>
    </article>
  )
}
