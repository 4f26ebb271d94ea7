import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useConnectionTitles } from '#src/api/connections'
import { ProblemNotice } from '#src/api/problem-notice'
import type { ConnectionView } from '#src/gen/types.gen'
import { BackMark, backLinkClass } from '#src/ui/back-link'
import { Page } from '#src/ui/page'
import { AboutConnection } from './about-connection'
import { ConnectionActions } from './connection-actions'
import { ConnectionFigures } from './connection-figures'
import styles from './connection-page.module.css'
import { Deliveries } from './deliveries'
import { connectionQuery } from './queries'
import { SelfTest } from './self-test'
import { StandingBadge } from './standing-badge'
import { useConnectionSentence } from './use-sentence'
import { standingAdvice, standingWords } from './words'

const route = getRouteApi('/_app/connections/$name')

export function ConnectionPage() {
  const { t } = useLingui()
  const { name } = route.useParams()
  const query = useQuery(connectionQuery(name))
  if (query.data !== undefined) {
    return <Connection connection={query.data} stale={query.isError ? query.error : null} />
  }
  return (
    <Page title={t({ message: 'Учётная система', context: 'page' })}>
      {query.isError ? (
        <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton height={360} />
      )}
    </Page>
  )
}

function Connection({ connection, stale }: { connection: ConnectionView; stale: Error | null }) {
  const { t } = useLingui()
  const titles = useConnectionTitles()
  const heading = `${titles.kind(connection)} · ${connection.name}`
  return (
    <Page
      title={heading}
      heading={heading}
      aside={<StandingBadge state={connection.state} />}
      back={
        <Link to="/connections" className={backLinkClass}>
          <BackMark>{t`Учётные системы`}</BackMark>
        </Link>
      }
    >
      {stale !== null && <ProblemNotice error={stale} title={t`Страница не обновляется`} />}
      <Standing connection={connection} />
      <ConnectionFigures connection={connection} />
      <div className={styles.columns}>
        <Deliveries connection={connection} />
        <div className={styles.side}>
          <SelfTest connection={connection} />
          <AboutConnection connection={connection} />
        </div>
      </div>
    </Page>
  )
}

/** What is the matter, in whose words, and what to do. */
function Standing({ connection }: { connection: ConnectionView }) {
  const { t } = useLingui()
  const sentence = useConnectionSentence()
  const { state, paused, last_error } = connection
  const advice = standingAdvice[state]
  const calm = state === 'working' || state === 'unused'
  return (
    <section className={styles.verdict} data-tone={standingWords[state].tone} aria-label={t`Состояние и действия`}>
      <div className={styles.panel}>
        <h2 className={styles.sentence}>{sentence(connection)}</h2>
        {paused !== null && (
          <p>
            {paused.by}: {paused.reason}
          </p>
        )}
        {!calm && last_error !== null && <blockquote className={styles.error}>{last_error}</blockquote>}
        {advice !== undefined && <p>{t(advice)}</p>}
      </div>
      <ConnectionActions connection={connection} />
    </section>
  )
}
