import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useIncidentSentence } from '#src/api/incident-sentence'
import { ProblemNotice } from '#src/api/problem-notice'
import { useTitles } from '#src/api/reference'
import type { IncidentDetails } from '#src/gen/types.gen'
import { formatFull, formatSpan } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { BackMark, backLinkClass } from '#src/ui/back-link'
import { Figure, Figures } from '#src/ui/figures'
import { Page } from '#src/ui/page'
import { AlarmsSent } from './alarms-sent'
import { Evidence } from './evidence'
import { IncidentActions } from './incident-actions'
import { IncidentAttempts } from './incident-attempts'
import styles from './incident-page.module.css'
import { incidentQuery } from './queries'
import { IncidentStateBadge } from './state-badge'
import { SupportText } from './support-text'
import { kindWords } from './words'

const route = getRouteApi('/_app/incidents/$id')

export function IncidentPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery(incidentQuery(id))
  if (query.data !== undefined) return <Incident incident={query.data} stale={query.isError ? query.error : null} />
  return (
    <Page title={t`Инцидент`}>
      {query.isError ? (
        <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton height={360} />
      )}
    </Page>
  )
}

function Incident({ incident, stale }: { incident: IncidentDetails; stale: Error | null }) {
  const { t } = useLingui()
  const title = useTitles()
  const sentence = useIncidentSentence()
  const name = `${title.bank(incident.bank)} · ${incident.bank_account}`
  const open = incident.state === 'open'
  return (
    <Page
      title={name}
      heading={name}
      aside={<IncidentStateBadge state={incident.state} />}
      back={
        <Link to="/incidents" search={{}} className={backLinkClass}>
          <BackMark>{t`Инциденты`}</BackMark>
        </Link>
      }
    >
      {stale !== null && <ProblemNotice error={stale} title={t`Страница не обновляется`} />}
      <section className={styles.verdict} data-tone={open ? 'bad' : 'mute'} aria-label={t`Что произошло и что делать`}>
        <div className={styles.panel}>
          <h2 className={styles.sentence}>{sentence(incident)}</h2>
          <Evidence incident={incident} />
          {open && <p>{t(kindWords[incident.kind].advice)}</p>}
        </div>
        <IncidentActions incident={incident} />
      </section>
      <Numbers incident={incident} />
      <div className={styles.columns}>
        <IncidentAttempts id={incident.id} />
        <div className={styles.side}>
          <SupportText text={incident.support_text} />
          <AlarmsSent alarms={incident.alarms} />
        </div>
      </div>
    </Page>
  )
}

function Numbers({ incident }: { incident: IncidentDetails }) {
  const { t } = useLingui()
  const format = useFormat()
  const { paid, heard, healed, waiting } = incident.counts
  const until = incident.closed_at ?? new Date().toISOString()
  return (
    <Figures>
      <Figure name={t`Длится`} value={formatSpan(incident.since, until, format.locale)}>
        {t`с ${formatFull(incident.since)}`}
      </Figure>
      <Figure name={t`Оплачено`} value={format.number(paid)} />
      <Figure name={t`Уведомлений пришло`} value={format.number(heard)}>
        {incident.last_notification_at !== null && t`последнее ${formatFull(incident.last_notification_at)}`}
      </Figure>
      <Figure name={t`Восстановлено опросом`} value={format.number(healed)} />
      <Figure name={t`Ждут ответа банка`} value={format.number(waiting)} bad={waiting > 0} />
    </Figures>
  )
}
