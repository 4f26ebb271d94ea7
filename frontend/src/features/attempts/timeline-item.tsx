import { Plural, useLingui } from '@lingui/react/macro'
import type { ComponentType } from 'react'
import type { ActorKind, TimelineEntryView } from '#src/gen/types.gen'
import { formatClock, formatFull } from '#src/lib/time'
import { AppIcon, BankIcon, GearIcon, LedgerIcon, PersonIcon } from '#src/ui/icons'
import { TimeAgo } from '#src/ui/time-ago'
import { BankAnswerFacts } from './bank-answer'
import { DecisionLine } from './decision-line'
import { DeliveryLine } from './delivery-line'
import { RawNotificationBox } from './raw-notification'
import { StatusChange } from './status-change'
import styles from './timeline.module.css'
import { deliveryVerdict, timelineWords } from './timeline-words'
import { actorWords } from './words'

const actorIcons: Record<ActorKind, ComponentType<{ size?: number }>> = {
  user: PersonIcon,
  api_key: AppIcon,
  bank: BankIcon,
  accounting: LedgerIcon,
  system: GearIcon,
}

/** The reason of a failed try is cut out of the answer, which stands below it in full. */
const ownReason = (entry: TimelineEntryView) =>
  entry.reason !== null && !(entry.delivery?.answer ?? '').includes(entry.reason)

type Props = {
  entry: TimelineEntryView
  bank: string
  repeats: ReadonlyArray<TimelineEntryView>
  day: string | null
}

export function TimelineItem({ entry, bank, repeats, day }: Props) {
  const { t } = useLingui()
  const words = timelineWords[entry.kind]
  const tone = deliveryVerdict(entry.delivery?.verdict ?? null)?.tone ?? words.tone
  const Icon = actorIcons[entry.actor.kind]
  const actor = t(actorWords[entry.actor.kind])
  return (
    <li>
      {day !== null && <p className={styles.day}>{day}</p>}
      <div className={styles.item} data-tone={tone} data-human={entry.actor.kind === 'user'} data-kind={entry.kind}>
        <div className={styles.when}>
          <time dateTime={entry.at} title={formatFull(entry.at)}>
            {formatClock(entry.at)}
          </time>
          <small>
            <TimeAgo at={entry.at} />
          </small>
        </div>
        <span className={styles.icon} title={actor}>
          <Icon size={14} />
        </span>
        <div className={styles.body}>
          <p className={styles.text}>
            {t(words.text)}
            <span className={styles.by}>{entry.actor.name ?? actor}</span>
          </p>
          <DecisionLine details={entry.details} />
          <StatusChange bank={entry.bank_status} crm={entry.crm_status} />
          {ownReason(entry) && <blockquote className={styles.quote}>{entry.reason}</blockquote>}
          {typeof entry.details.evidence === 'string' && (
            <p className="quiet">{t`Подтверждение: ${entry.details.evidence}`}</p>
          )}
          {entry.document_ref && <p className="quiet">{t`Документ: ${entry.document_ref}`}</p>}
          {entry.delivery && <DeliveryLine delivery={entry.delivery} />}
          {entry.bank_answer && <BankAnswerFacts answer={entry.bank_answer} bank={bank} when={false} />}
          {entry.notification && <RawNotificationBox notification={entry.notification} />}
          {repeats.length > 0 && <Repeats entries={repeats} />}
        </div>
      </div>
    </li>
  )
}

function Repeats({ entries }: { entries: ReadonlyArray<TimelineEntryView> }) {
  return (
    <details className={styles.raw}>
      <summary>
        <Plural
          value={entries.length}
          one="и ещё # раз до этого"
          few="и ещё # раза до этого"
          many="и ещё # раз до этого"
          other="и ещё # раза до этого"
        />
      </summary>
      <ol>
        {entries.map((entry) => (
          <li key={entry.id} className="quiet">
            {formatFull(entry.at)}
            {entry.delivery && ` · ${entry.delivery.try}`}
          </li>
        ))}
      </ol>
    </details>
  )
}
