import type { AttemptView, BulkOutcome, BulkRowView, BulkRunView } from '#src/gen/types.gen'
import { signedInUser } from '../../access'
import type { MockRun } from '../../accounting-side'
import { world } from '../../world'

type Kind = Pick<BulkRunView, 'action' | 'rehearsal'>

function rehearsed({ hold, crm_status, diagnosis, id }: AttemptView): [BulkOutcome, string | null] {
  if (hold !== null) return ['possible_duplicate', 'КА00-000418: тот же клиент, та же сумма']
  if (crm_status === 'needs_attention') return ['would_be_refused', diagnosis.detail]
  if (crm_status === 'in_doubt') return ['there_already', null]
  return id === 'att-queued' ? ['unclear', 'HTTP 503: Регламентные работы'] : ['would_send', null]
}

function outcomeOf(attempt: AttemptView, { action, rehearsal }: Kind): [BulkOutcome, string | null] {
  if (action === 'bank_query') return [attempt.id === 'att-lost' ? 'changed' : 'unchanged', null]
  if (attempt.bank_status !== 'paid') return ['not_paid', null]
  if (attempt.crm_status === 'posted_by_hand') return ['posted_by_hand', null]
  if (attempt.crm_status === 'synced') return ['already_synced', null]
  return rehearsal ? rehearsed(attempt) : ['queued', null]
}

const rowOf = (attempt: AttemptView, kind: Kind): BulkRowView => {
  const [outcome, detail] = outcomeOf(attempt, kind)
  return {
    attempt_id: attempt.id,
    order_number: attempt.order_number,
    amount: attempt.amount,
    client_name: attempt.client.name,
    outcome,
    detail,
    document_ref: attempt.crm_document_ref,
  }
}

/** The fake one is done at once: nothing here is worth waiting for. */
export function begin(attempts: ReadonlyArray<AttemptView>, kind: Kind): BulkRunView {
  const rows = attempts.map((attempt) => rowOf(attempt, kind))
  const counts: Record<string, number> = {}
  for (const { outcome } of rows) if (outcome !== null) counts[outcome] = (counts[outcome] ?? 0) + 1
  const now = new Date().toISOString()
  const run: BulkRunView = {
    id: `run-${world.runs.size + 1}`,
    ...kind,
    state: 'done',
    created_at: now,
    created_by: signedInUser().name,
    finished_at: now,
    total: rows.length,
    done: rows.length,
    counts,
  }
  world.runs.set(run.id, { run, rows })
  return run
}

export const runOf = (id: string | undefined): MockRun | undefined => world.runs.get(id ?? '')
