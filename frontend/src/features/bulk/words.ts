import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { BulkAction, BulkOutcome, BulkState } from '#src/gen/types.gen'
import type { Tone } from '#src/ui/tone'

type Shape = 'dot' | 'ring' | 'square'
type Word = { label: MessageDescriptor; tone: Tone; shape: Shape }

/** In the order in which a person wants to know them. */
export const outcomeWords: Record<BulkOutcome, Word> = {
  would_send: { label: msg`будет передано`, tone: 'info', shape: 'dot' },
  queued: { label: msg`поставлено в очередь`, tone: 'info', shape: 'dot' },
  there_already: { label: msg`уже там, свяжем`, tone: 'good', shape: 'dot' },
  possible_duplicate: { label: msg`похоже на дубль`, tone: 'warn', shape: 'square' },
  would_be_refused: { label: msg`откажет`, tone: 'bad', shape: 'square' },
  unclear: { label: msg`неясно: система не ответила`, tone: 'warn', shape: 'ring' },
  already_synced: { label: msg`передано раньше`, tone: 'mute', shape: 'dot' },
  posted_by_hand: { label: msg`проведено вручную`, tone: 'human', shape: 'dot' },
  in_progress: { label: msg`передаётся сейчас`, tone: 'info', shape: 'ring' },
  not_paid: { label: msg`не оплачено`, tone: 'mute', shape: 'ring' },
  changed: { label: msg`статус обновлён`, tone: 'good', shape: 'dot' },
  unchanged: { label: msg`без изменений`, tone: 'mute', shape: 'ring' },
  bank_silent: { label: msg`банк не ответил`, tone: 'warn', shape: 'square' },
  not_asked: { label: msg`не спрашивали`, tone: 'mute', shape: 'square' },
}

export const stateWords: Record<BulkState, Word> = {
  running: { label: msg`Идёт`, tone: 'info', shape: 'ring' },
  done: { label: msg`Закончено`, tone: 'good', shape: 'dot' },
  stopped: { label: msg`Остановлено`, tone: 'warn', shape: 'square' },
}

export const actionWords: Record<BulkAction, MessageDescriptor> = {
  resync: msg`Синхронизация с CRM`,
  bank_query: msg`Запрос банка`,
}

export const rehearsalWord = msg`Репетиция синхронизации`
