import { expect, it } from 'vitest'
import { actors, entry } from '#mock/timeline'
import { groupRepeats } from './group-repeats'

const at = '2026-11-24T08:15:02Z'
const asked = () => entry(at, { kind: 'bank_query_failed', source: 'bank_query', actor: actors.system })

it('the same thing again and again is one group, the newest first', () => {
  const entries = [asked(), asked(), asked()]
  expect(groupRepeats(entries)).toEqual([{ entry: entries[0], repeats: [entries[1], entries[2]] }])
})

it('another answer, a change of status or a person stands by itself', () => {
  const changed = entry(at, {
    kind: 'bank_queried',
    source: 'bank_query',
    actor: actors.bank,
    bank_status: { from: 'pending', to: 'paid' },
  })
  const byHand = entry(at, { kind: 'resync_requested', source: 'operator', actor: actors.operator })
  const entries = [asked(), changed, changed, byHand, byHand, { ...asked(), reason: 'timeout' }, asked()]
  expect(groupRepeats(entries).map((group) => group.repeats.length)).toEqual([0, 0, 0, 0, 0, 0, 0])
})
