import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Action, ActorKind, BankStatus, CrmStatus, NotificationVerdict, StatusSource } from '#src/gen/types.gen'
import type { Period } from '#src/lib/period'
import type { Tone } from '#src/ui/tone'

type Word = { label: MessageDescriptor; tone: Tone; shape: 'dot' | 'ring' | 'square' }

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

export const sourceWords: Record<StatusSource, MessageDescriptor> = {
  app: msg`приложение`,
  callback: msg`уведомление банка`,
  bank_query: msg`ответ банка на запрос`,
  registry: msg`реестр банка`,
  operator: msg`ручной статус`,
}

export const actionWords: Record<Action, MessageDescriptor> = {
  bank_query: msg`Запросить банк`,
  status_override: msg`Изменить статус`,
  resync: msg`Синхронизировать с CRM`,
  posted_by_hand: msg`Уже проведён вручную`,
}

export const actionHints: Record<Action, MessageDescriptor> = {
  bank_query: msg`Спросить банк об этом платеже прямо сейчас`,
  status_override: msg`Поставить статус от банка вручную, с причиной`,
  resync: msg`Передать платёж в учётную систему сейчас`,
  posted_by_hand: msg`Отметить, что в учётную систему его внёс человек`,
}

export const actorWords: Record<ActorKind, MessageDescriptor> = {
  user: msg`Сотрудник`,
  api_key: msg`Приложение`,
  bank: msg`Банк`,
  accounting: msg`Учётная система`,
  system: msg`Сверка`,
}

export const verdictWords: Record<NotificationVerdict, MessageDescriptor> = {
  received: msg`получено, ещё не обработано`,
  accepted: msg`принято`,
  rejected: msg`отклонено: подпись неверна`,
  orphan: msg`попытка не найдена`,
  ignored: msg`ничего не меняет`,
  mismatch: msg`сумма не совпала`,
}

export const periodWords: Record<Period, MessageDescriptor> = {
  hour: msg`Час`,
  today: msg`Сегодня`,
  yesterday: msg`Вчера`,
  week: msg`7 дней`,
}
