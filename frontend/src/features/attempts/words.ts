import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Action, ActorKind, StatusSource } from '#src/gen/types.gen'

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
