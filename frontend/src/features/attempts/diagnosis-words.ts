import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { DiagnosisCode, NextStep } from '#src/gen/types.gen'
import type { Tone } from '#src/ui/tone'

/** One sentence an operator can read out to the client: why the payment is, or is not, in the accounting system. */
export const diagnosisWords: Record<DiagnosisCode, { text: MessageDescriptor; tone: Tone }> = {
  synced: { text: msg`Платёж оплачен и проведён в учётной системе.`, tone: 'good' },
  posted_by_hand: {
    text: msg`Платёж проведён в учётной системе вручную и повторно передан не будет.`,
    tone: 'human',
  },
  waiting_for_client: { text: msg`Клиент ещё не завершил оплату.`, tone: 'info' },
  not_paid_yet: { text: msg`Банк пока не сообщил об оплате; Сверка сама спрашивает его.`, tone: 'info' },
  bank_silent: { text: msg`Банк молчит: нет ни уведомления, ни ответа на запрос.`, tone: 'warn' },
  declined_by_bank: { text: msg`Банк отклонил платёж, деньги не списаны.`, tone: 'bad' },
  expired_unpaid: { text: msg`Время на оплату вышло, деньги не списаны.`, tone: 'mute' },
  abandoned_by_client: { text: msg`Клиент не стал платить, деньги не списаны.`, tone: 'mute' },
  money_held: { text: msg`Деньги удержаны на карте клиента, но ещё не списаны.`, tone: 'info' },
  accounting_queued: { text: msg`Платёж оплачен и стоит в очереди на передачу в учётную систему.`, tone: 'info' },
  accounting_unavailable: {
    text: msg`Платёж оплачен, но учётная система не отвечает; Сверка передаст его, как только она ответит.`,
    tone: 'warn',
  },
  accounting_in_doubt: {
    text: msg`Платёж передан, но ответ учётной системы неизвестен; перед повтором Сверка проверит, нет ли его там.`,
    tone: 'warn',
  },
  accounting_refused: { text: msg`Платёж оплачен, но учётная система отказалась его провести.`, tone: 'bad' },
  document_not_posted: { text: msg`Документ создан, но не проведён: учётная система отказала.`, tone: 'bad' },
  possible_duplicate: {
    text: msg`Похоже, этот платёж уже внесли в учётную систему: посмотрите найденные документы и решите.`,
    tone: 'warn',
  },
  accounting_unclear: {
    text: msg`Неясно, проведён ли платёж: ответа не было, поиск ничего не нашёл; проверьте в учётной системе.`,
    tone: 'bad',
  },
  client_not_found: { text: msg`Платёж оплачен, но клиента нет в учётной системе.`, tone: 'bad' },
  several_clients: {
    text: msg`Платёж оплачен, но по телефону или почте нашлось несколько клиентов: выберите нужного.`,
    tone: 'warn',
  },
  document_differs: {
    text: msg`Под номером этого платежа в учётной системе другая сумма или другой клиент.`,
    tone: 'bad',
  },
  document_deleted: { text: msg`Документ в учётной системе есть, но помечен на удаление.`, tone: 'bad' },
  probable_double: {
    text: msg`Платёж передан, но рядом нашёлся похожий документ, внесённый вручную: возможно, он проведён дважды.`,
    tone: 'warn',
  },
  accounting_not_configured: {
    text: msg`Платёж оплачен, но связь с учётной системой для этого клуба не настроена.`,
    tone: 'bad',
  },
  amount_mismatch: {
    text: msg`Сумма у банка не совпадает с суммой попытки, поэтому платёж не отмечен оплаченным.`,
    tone: 'bad',
  },
  bank_contradicts_override: { text: msg`Банк сообщает не то, что поставлено вручную.`, tone: 'bad' },
  bank_contradicts_itself: {
    text: msg`Банк противоречит себе: в уведомлении платёж оплачен, а в ответе на запрос нет.`,
    tone: 'bad',
  },
  posted_twice: { text: msg`Платёж проведён в учётной системе дважды.`, tone: 'bad' },
  refunded: { text: msg`Деньги возвращены клиенту.`, tone: 'mute' },
  reversed: { text: msg`Платёж отменён банком, деньги остались у клиента.`, tone: 'mute' },
}

export const nextStepWords: Record<NextStep, MessageDescriptor> = {
  wait: msg`Ничего не делать: Сверка повторит сама.`,
  bank_query: msg`Запросить банк: возможно, он уже знает об оплате.`,
  override: msg`Если в кабинете банка платёж есть, изменить статус вручную.`,
  resync: msg`Синхронизировать с CRM: передать платёж сейчас.`,
  posted_by_hand: msg`Если платёж уже внесли в учётную систему, отметить «Уже проведён вручную».`,
  call_bank: msg`Позвонить в банк и проверить настройки уведомлений в его кабинете.`,
  fix_in_accounting: msg`Исправить причину в учётной системе, затем синхронизировать.`,
  ask_client: msg`Спросить клиента: пусть оплатит ещё раз или проверит карту.`,
  decide: msg`Посмотреть найденное и выбрать: связать, провести или отложить.`,
  configure_connection: msg`Попросить администратора настроить связь с учётной системой.`,
  none: msg`Делать ничего не нужно.`,
}
