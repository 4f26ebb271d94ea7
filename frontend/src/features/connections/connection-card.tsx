import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useConnectionTitles } from '#src/api/connections'
import type { ConnectionView } from '#src/gen/types.gen'
import { formatSince } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import styles from './connections-page.module.css'
import { StandingBadge } from './standing-badge'
import { useConnectionSentence } from './use-sentence'
import { classWords, standingWords } from './words'

/** The link covers the card; what leads elsewhere stands above it. */
export function ConnectionCard({ connection }: { connection: ConnectionView }) {
  const titles = useConnectionTitles()
  const sentence = useConnectionSentence()
  const { name, state, paused, last_error } = connection
  const kind = titles.kind(connection)
  return (
    <section className={styles.card} data-tone={standingWords[state].tone} aria-label={`${kind} · ${name}`}>
      <div className={styles.head}>
        <h2 className={styles.name}>
          {kind} <span className="quiet">· {name}</span>
        </h2>
        <span className={styles.state}>
          <StandingBadge state={state} />
        </span>
      </div>
      <p className={styles.sentence}>
        <Link to="/connections/$name" params={{ name }} search={{}} className={styles.link} data-row-link="">
          {sentence(connection)}
        </Link>
      </p>
      {paused !== null && (
        <p className={styles.why}>
          {paused.by}: {paused.reason}
        </p>
      )}
      {state !== 'working' && state !== 'unused' && last_error !== null && (
        <blockquote className={styles.error}>{last_error}</blockquote>
      )}
      <Foot connection={connection} />
    </section>
  )
}

function Foot({ connection }: { connection: ConnectionView }) {
  const { t } = useLingui()
  const format = useFormat()
  const { name, backlog, last_good_at, self_test } = connection
  return (
    <p className={`${styles.foot} quiet`}>
      {backlog.held > 0 && (
        <Link to="/holds" search={{ connection: name }} className={styles.above}>
          {t`ждут решения: ${format.number(backlog.held)}`}
        </Link>
      )}
      {backlog.refused > 0 && (
        <Link to="/connections/$name" params={{ name }} search={{ state: 'refused' }} className={styles.above}>
          {t`отказано: ${format.number(backlog.refused)}`}
        </Link>
      )}
      <span>
        {last_good_at === null ? t`ещё ни одного ответа` : t`последний хороший ответ ${formatSince(last_good_at)}`}
      </span>
      {self_test !== null && <span>{self_test.passed ? t`самопроверка пройдена` : t`самопроверка не пройдена`}</span>}
      <span>{t(classWords[connection.class].short)}</span>
    </p>
  )
}
