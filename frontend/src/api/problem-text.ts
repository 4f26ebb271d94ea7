import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { ApiError, type ClientErrorCode } from './api-error'

/**
 * What each code means to the person at the screen. Typed by the contract: a new code does not compile
 * until it has a text. The same words say why a button is disabled.
 */
export const problemTexts: Record<ClientErrorCode, MessageDescriptor> = {
  bad_request: msg`Сервер не понял запрос. Обновите страницу и повторите.`,
  invalid_json: msg`Сервер не смог прочитать запрос. Обновите страницу и повторите.`,
  invalid_query: msg`Сервер не понял один из фильтров. Сбросьте фильтры и повторите.`,
  validation_failed: msg`Проверьте заполнение полей.`,
  invalid_cursor: msg`Эта страница списка устарела. Вернитесь на первую страницу.`,
  invalid_id: msg`Такого номера попытки не бывает. Проверьте ссылку.`,
  unauthenticated: msg`Нужно войти снова.`,
  invalid_credentials: msg`Неверная почта или пароль.`,
  session_expired: msg`Сеанс истёк. Войдите снова.`,
  forbidden: msg`У вас нет на это прав.`,
  not_found: msg`Не найдено. Возможно, ссылка неверна или доступ к этому клубу закрыт.`,
  method_not_allowed: msg`Сервер такого действия не поддерживает. Обновите страницу.`,
  unsupported_media_type: msg`Сервер не принимает данные в таком виде. Обновите страницу.`,
  payload_too_large: msg`Слишком много данных. Сократите текст.`,
  attempt_exists: msg`Попытка с таким номером заказа уже записана.`,
  unknown_bank_account: msg`Такого эквайринга нет.`,
  version_conflict: msg`Попытка изменилась, пока вы работали с ней.`,
  not_paid: msg`Платёж не оплачен: передавать нечего.`,
  nothing_to_decide: msg`Решать уже нечего: посмотрите на платёж ещё раз.`,
  not_among_found: msg`Выберите документ или клиента из найденных.`,
  unfit_decision: msg`Это решение не подходит к причине, по которой платёж отложен.`,
  document_taken: msg`Этот документ уже связан с другим платежом.`,
  bulk_too_large: msg`Слишком много платежей за раз. Сузьте выбор.`,
  not_a_rehearsal: msg`Выполнить по-настоящему можно только репетицию.`,
  bulk_running: msg`Репетиция ещё идёт. Дождитесь её конца.`,
  bulk_over: msg`Это действие уже закончилось.`,
  connection_paused: msg`Передача уже приостановлена.`,
  connection_not_paused: msg`Передача и так идёт: возобновлять нечего.`,
  already_synced: msg`Платёж уже в учётной системе.`,
  posted_by_hand: msg`Платёж уже проведён вручную: передавать его нельзя.`,
  override_refused: msg`Из текущего статуса так перейти нельзя.`,
  status_unchanged: msg`Этот статус уже стоит.`,
  delivery_in_progress: msg`Передача в учётную систему идёт прямо сейчас. Дождитесь её исхода.`,
  bank_order_id_taken: msg`Этот номер в банке уже у другой попытки.`,
  idempotency_key_reused: msg`Этот ключ запроса уже использован с другими данными.`,
  idempotency_in_progress: msg`Такой же запрос ещё выполняется. Подождите немного.`,
  rate_limited: msg`Слишком много запросов. Подождите минуту и повторите.`,
  bank_unavailable: msg`Банк не ответил.`,
  checkout_unavailable: msg`Банк не открыл страницу оплаты. Повторите чуть позже: второго заказа не появится.`,
  checkout_refused: msg`Банк отказался открыть страницу оплаты.`,
  checkout_closed: msg`Платить нечего: платёж уже прошёл или заказ закрыт. Для новой оплаты нужен новый номер заказа.`,
  notification_raw_dropped: msg`Уведомление старше срока хранения: читать в нём больше нечего. Запросите банк о платеже.`,
  resend_not_supported: msg`Этот банк не умеет присылать уведомления ещё раз. Запросите его о платежах.`,
  list_not_supported: msg`Этот банк не отдаёт список операций. Загрузите реестр файлом.`,
  registry_unreadable: msg`Файл не удалось прочитать как реестр.`,
  mend_not_possible: msg`Эту строку так уже не исправить: она изменилась. Обновите страницу.`,
  registry_layout_unknown: msg`Раскладка файла неизвестна. Укажите, что в каких столбцах.`,
  database_unavailable: msg`База данных временно недоступна. Повторите через минуту.`,
  internal: msg`Внутренняя ошибка сервера. Повторите; если не поможет, передайте код запроса администратору.`,
  network: msg`Нет связи с сервером. Проверьте интернет и повторите.`,
}

export function problemText(error: unknown): MessageDescriptor {
  return problemTexts[error instanceof ApiError ? error.code : 'internal']
}
