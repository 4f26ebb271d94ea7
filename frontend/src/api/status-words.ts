import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { BankStatus, CrmStatus, NotificationVerdict } from '#src/gen/types.gen'
import type { Tone } from '#src/ui/tone'

export type Word = { label: MessageDescriptor; tone: Tone; shape: 'dot' | 'ring' | 'square' }

/** One word, one colour and one order for a status, wherever it is shown: filters, table, timeline, dialogs. */
export const bankStatusWords: Record<BankStatus, Word> = {
  created: { label: msg`Создан`, tone: 'mute', shape: 'ring' },
  pending: { label: msg`Ожидает оплаты`, tone: 'info', shape: 'ring' },
  authorized: { label: msg`Удержан`, tone: 'info', shape: 'dot' },
  paid: { label: msg`Оплачен`, tone: 'good', shape: 'dot' },
  declined: { label: msg`Отклонён`, tone: 'bad', shape: 'square' },
  expired: { label: msg`Истёк`, tone: 'mute', shape: 'square' },
  abandoned: { label: msg`Брошен`, tone: 'mute', shape: 'square' },
  reversed: { label: msg`Отменён`, tone: 'warn', shape: 'ring' },
  refunded: { label: msg`Возвращён`, tone: 'warn', shape: 'dot' },
  partially_refunded: { label: msg`Частичный возврат`, tone: 'warn', shape: 'dot' },
}

export const crmStatusWords: Record<CrmStatus, Word> = {
  not_due: { label: msg`Не требуется`, tone: 'mute', shape: 'ring' },
  queued: { label: msg`В очереди`, tone: 'info', shape: 'ring' },
  retrying: { label: msg`Повторяем`, tone: 'warn', shape: 'ring' },
  in_doubt: { label: msg`Ответ неизвестен`, tone: 'warn', shape: 'dot' },
  synced: { label: msg`Синхронизировано`, tone: 'good', shape: 'dot' },
  needs_attention: { label: msg`Нужно вмешаться`, tone: 'bad', shape: 'square' },
  posted_by_hand: { label: msg`Проведён вручную`, tone: 'human', shape: 'dot' },
}

/** What became of a notification. */
export const verdictWords: Record<NotificationVerdict, Word> = {
  received: { label: msg`получено, ещё не обработано`, tone: 'info', shape: 'ring' },
  accepted: { label: msg`принято`, tone: 'good', shape: 'dot' },
  rejected: { label: msg`отклонено: подпись неверна`, tone: 'bad', shape: 'square' },
  orphan: { label: msg`попытка не найдена`, tone: 'warn', shape: 'ring' },
  ignored: { label: msg`ничего не меняет`, tone: 'mute', shape: 'ring' },
  mismatch: { label: msg`сумма не совпала`, tone: 'bad', shape: 'square' },
  self_test: { label: msg`проверка адреса`, tone: 'mute', shape: 'dot' },
}
