import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { ProblemNotice } from '#src/api/problem-notice'
import type { AttemptView, TimelineEntryView } from '#src/gen/types.gen'
import { useFormat } from '#src/lib/use-format'
import { groupRepeats } from './group-repeats'
import { eventsQuery } from './queries'
import styles from './timeline.module.css'
import { TimelineItem } from './timeline-item'

const dayOf = (entry: TimelineEntryView) => new Date(entry.at).toDateString()

/** Everything that happened to the attempt, newest first. It is never edited, only added to. */
export function Timeline({ attempt }: { attempt: AttemptView }) {
  const { t } = useLingui()
  const format = useFormat()
  const events = useQuery(eventsQuery(attempt))
  const groups = groupRepeats(events.data?.items ?? [])
  return (
    <section aria-label={t`История`}>
      <h2 className={styles.title}>{t`История`}</h2>
      {events.isPending && (
        <div className={styles.skeletons} aria-busy="true">
          <Skeleton height={44} />
          <Skeleton height={44} />
          <Skeleton height={44} />
        </div>
      )}
      {events.isError && <ProblemNotice error={events.error} onRetry={() => void events.refetch()} />}
      <ol className={styles.list}>
        {groups.map(({ entry, repeats }, index) => {
          const before = groups[index - 1]?.entry
          const newDay = before === undefined || dayOf(before) !== dayOf(entry)
          return (
            <TimelineItem
              key={entry.id}
              entry={entry}
              bank={attempt.bank}
              repeats={repeats}
              day={newDay ? format.day(entry.at) : null}
            />
          )
        })}
      </ol>
    </section>
  )
}
