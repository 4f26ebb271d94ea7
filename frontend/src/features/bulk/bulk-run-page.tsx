import { Plural, useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ProblemNotice } from '#src/api/problem-notice'
import type { BulkRunView } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { BackMark, backLinkClass } from '#src/ui/back-link'
import { Page } from '#src/ui/page'
import { BulkRows } from './bulk-rows'
import styles from './bulk-run-page.module.css'
import { bulkRunQuery } from './queries'
import { RunActions } from './run-actions'
import { RunBadge } from './run-badge'
import { useRunWords } from './use-run-words'

const route = getRouteApi('/_app/bulk-runs/$id')

export function BulkRunPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery(bulkRunQuery(id))
  if (query.data !== undefined) return <Run key={id} run={query.data} stale={query.isError ? query.error : null} />
  return (
    <Page title={t`Массовое действие`}>
      {query.isError ? (
        <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton height={360} />
      )}
    </Page>
  )
}

function Run({ run, stale }: { run: BulkRunView; stale: Error | null }) {
  const { t } = useLingui()
  const words = useRunWords()
  const name = words.name(run)
  return (
    <Page
      title={name}
      heading={name}
      aside={
        <>
          <RunBadge state={run.state} />
          <span className="quiet">
            {formatFull(run.created_at)}
            {run.created_by !== null && ` · ${run.created_by}`}
          </span>
        </>
      }
      back={
        <Link to="/bulk-runs" search={{}} className={backLinkClass}>
          <BackMark>{t`Массовые действия`}</BackMark>
        </Link>
      }
    >
      {stale !== null && <ProblemNotice error={stale} title={t`Страница не обновляется`} />}
      <section className={styles.summary} aria-label={t`Что вышло`}>
        <Progress run={run} />
        <Meaning run={run} />
        <RunActions run={run} />
      </section>
      <BulkRows run={run} />
    </Page>
  )
}

function Progress({ run: { done, total, state } }: { run: BulkRunView }) {
  const { t } = useLingui()
  const format = useFormat()
  const label = t`${format.number(done)} из ${format.number(total)}`
  return (
    <div className={styles.progress}>
      <h2 className={styles.count}>
        {state === 'done' ? (
          <Plural value={total} one="# платёж" few="# платежа" many="# платежей" other="# платежа" />
        ) : (
          label
        )}
      </h2>
      <progress className={styles.bar} value={done} max={Math.max(total, 1)} aria-label={t`Сделано ${label}`} />
    </div>
  )
}

/** What the numbers mean, so that nobody thinks a rehearsal has sent anything. */
function Meaning({ run: { action, rehearsal, state } }: { run: BulkRunView }) {
  const { t } = useLingui()
  if (action === 'bank_query') return <p>{t`Банки спрашиваются по очереди, не чаще, чем разрешает каждый.`}</p>
  if (rehearsal) {
    return (
      <p>
        {state === 'running'
          ? t`Сверка ищет каждую оплату в учётной системе. Ничего не передаётся.`
          : t`Это репетиция: ничего не передано. Вот что будет, если передать.`}
      </p>
    )
  }
  return (
    <p>
      {t`Поставленное в очередь передаётся по порядку. Как идёт, видно на странице`}{' '}
      <Link to="/connections">{t`«Учётные системы»`}</Link>.
    </p>
  )
}
