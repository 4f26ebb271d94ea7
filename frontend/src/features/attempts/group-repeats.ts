import type { TimelineEntryView } from '#src/gen/types.gen'

export type Group = { entry: TimelineEntryView; repeats: TimelineEntryView[] }

/** Null for what must always be seen by itself: a change of status, a notification, anything a person did. */
function sameness(entry: TimelineEntryView): string | null {
  if (entry.bank_status || entry.crm_status || entry.notification || entry.actor.kind === 'user') return null
  const { delivery, bank_answer } = entry
  return JSON.stringify([
    entry.kind,
    entry.reason,
    delivery?.kind,
    delivery?.verdict,
    delivery?.http_status,
    delivery?.answer,
    bank_answer?.bank_status,
    bank_answer?.amount,
    bank_answer?.code,
  ])
}

/** An hour of "the accounting system is down" is one thing that happened, not sixty: the newest stands for the rest. */
export function groupRepeats(entries: ReadonlyArray<TimelineEntryView>): Group[] {
  const groups: Group[] = []
  for (const entry of entries) {
    const last = groups.at(-1)
    const same = sameness(entry)
    if (last !== undefined && same !== null && same === sameness(last.entry)) last.repeats.push(entry)
    else groups.push({ entry, repeats: [] })
  }
  return groups
}
