import type { AttemptView, TimelineEntryView } from '#src/gen/types.gen'
import { type AccountingSide, playAccountingSide } from './accounting-side'
import { type BanksSide, playBanksSide } from './banks-side'
import { playScenes } from './scenes'
import { pastOf } from './timeline'
import { diagnose, diagnosisOf, withConsequences } from './views'

/** What the fake server remembers: attempts, their timelines, and who is signed in. */
export type World = BanksSide &
  AccountingSide & {
    attempts: Map<string, AttemptView>
    events: Map<string, TimelineEntryView[]>
    sessions: Set<string>
    issued: number
  }

export const world: World = {
  attempts: new Map(),
  events: new Map(),
  sessions: new Set(),
  issued: 0,
  ...playBanksSide(),
  ...playAccountingSide(),
}

export function resetWorld(attempts: AttemptView[] = playScenes()) {
  world.attempts = new Map(attempts.map((attempt) => [attempt.id, attempt]))
  world.events = new Map(attempts.map((attempt) => [attempt.id, pastOf(attempt)]))
  world.sessions = new Set()
  Object.assign(world, playBanksSide(), playAccountingSide())
  world.issued = 0
}

/** Saves a change the way the server does: a new version, a line in the timeline, a diagnosis made anew. */
export function save(before: AttemptView, change: Partial<AttemptView>, line: TimelineEntryView): AttemptView {
  const now = new Date().toISOString()
  const merged = { ...before, ...change, version: before.version + 1, updated_at: now }
  const code = diagnose(merged.bank_status, merged.crm_status)
  const after = withConsequences({ ...merged, diagnosis: diagnosisOf(code, now) }, code)
  world.attempts.set(after.id, after)
  world.events.set(after.id, [line, ...(world.events.get(after.id) ?? [])])
  return after
}

resetWorld()
