import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { EventKind } from '#src/gen/types.gen'
import type { Tone } from '#src/ui/tone'

export const timelineWords: Record<EventKind, { text: MessageDescriptor; tone: Tone }> = {
  recorded: { text: msg`Попытка оплаты записана`, tone: 'mute' },
  reported_by_app: { text: msg`Приложение сообщило о платеже`, tone: 'mute' },
  callback_accepted: { text: msg`Уведомление банка принято`, tone: 'info' },
  callback_rejected: { text: msg`Уведомление банка отклонено`, tone: 'bad' },
  callback_mismatch: { text: msg`Уведомление банка не совпало с попыткой по сумме или валюте`, tone: 'bad' },
  callback_reprocessed: { text: msg`Уведомление банка обработано ещё раз`, tone: 'human' },
  bank_queried: { text: msg`Банк ответил на запрос`, tone: 'info' },
  bank_query_failed: { text: msg`Банк не ответил на запрос`, tone: 'warn' },
  checkout_started: { text: msg`Открывается страница оплаты: заказ регистрируется в банке`, tone: 'info' },
  checkout_opened: { text: msg`Страница оплаты открыта`, tone: 'info' },
  checkout_failed: { text: msg`Банк не открыл страницу оплаты`, tone: 'warn' },
  overridden: { text: msg`Статус изменён вручную`, tone: 'human' },
  override_conflict: { text: msg`Банк сообщил не то, что поставлено вручную`, tone: 'bad' },
  listed_in_registry: { text: msg`Найдено в реестре банка`, tone: 'info' },
  delivery_queued: { text: msg`Поставлен в очередь на передачу в учётную систему`, tone: 'info' },
  delivery_sent: { text: msg`Передача в учётную систему`, tone: 'info' },
  delivery_checked: { text: msg`Поиск документа в учётной системе`, tone: 'info' },
  delivery_held: { text: msg`Передача остановлена: нужно решение`, tone: 'bad' },
  delivery_linked: { text: msg`Документ уже есть в учётной системе: связан с оплатой`, tone: 'info' },
  double_found: { text: msg`В учётной системе найден вероятный дубль`, tone: 'bad' },
  double_gone: { text: msg`Вероятного дубля в учётной системе больше нет`, tone: 'info' },
  decision: { text: msg`Принято решение`, tone: 'human' },
  delivery_withdrawn: { text: msg`Передача в учётную систему отменена`, tone: 'warn' },
  resync_requested: { text: msg`Запрошена синхронизация с CRM`, tone: 'human' },
  posted_by_hand: { text: msg`Отмечен как проведённый вручную`, tone: 'human' },
}

type Verdict = { text: MessageDescriptor; tone: Tone }

const verdicts: Record<string, Verdict> = {
  applied: { text: msg`проведён`, tone: 'good' },
  already_there: { text: msg`уже был там`, tone: 'good' },
  not_applied: { text: msg`не принят`, tone: 'warn' },
  refused: { text: msg`отказ`, tone: 'bad' },
  unknown: { text: msg`ответ неизвестен`, tone: 'warn' },
  unposted: { text: msg`создан, но не проведён`, tone: 'warn' },
  held: { text: msg`нужно решение`, tone: 'warn' },
}

/** What a try came to; null while it is under way. The contract leaves the word open, so a new one has no words yet. */
export const deliveryVerdict = (verdict: string | null): Verdict | null =>
  verdict === null ? null : (verdicts[verdict] ?? null)
