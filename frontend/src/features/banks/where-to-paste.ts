import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

const gateway = [
  msg`Личный кабинет банка: «Настройки» → «Callback-уведомления» (раздела нет: его включает поддержка эквайринга).`,
  msg`Включите уведомления об операциях: оплата, предавторизация, отмена, возврат, истечение срока.`,
  msg`Подпись: симметричный ключ. Его же администратор кладёт в настройки Сверки.`,
]

/** Where in the bank's cabinet the address goes. Cabinets change, so the bank's own words for the field are named too. */
const places: Record<string, MessageDescriptor[]> = {
  sber: gateway,
  alfa: gateway,
  vtb: gateway,
  sber_ecom: [
    msg`Адрес передаёт поддержка эквайринга Сбера: пришлите его вместе с логином магазина.`,
    msg`Эти уведомления не подписаны: Сверка по ним сама спрашивает банк.`,
  ],
  payonline: [
    msg`Личный кабинет PayOnline: «Сайты» → ваш сайт → «Настройки интеграции».`,
    msg`Вставьте адрес в оба поля: Callback URL для успешных и для отклонённых платежей, метод GET или POST.`,
  ],
  tbank: [
    msg`Личный кабинет Т-Бизнес: «Интернет-эквайринг» → магазин → «Терминалы» → «Настроить».`,
    msg`Уведомления: «По протоколу HTTP», в поле «URL для уведомлений» вставьте адрес.`,
  ],
  yookassa: [
    msg`Личный кабинет ЮKassa: «Интеграция» → «HTTP-уведомления», только https.`,
    msg`Отметьте события payment.succeeded, payment.canceled, payment.waiting_for_capture и refund.succeeded.`,
  ],
  cloudpayments: [
    msg`Личный кабинет CloudPayments: «Сайты» → шестерёнка сайта → «Уведомления».`,
    msg`У каждого вида уведомлений свой адрес: допишите в конец ?type=pay для Pay, и так же fail, confirm, refund и cancel.`,
  ],
  robokassa: [
    msg`Личный кабинет Robokassa: «Мои магазины» → магазин → «Технические настройки».`,
    msg`Вставьте адрес в Result URL, метод отсылки данных POST; алгоритм хеша тот же, что в настройках Сверки.`,
  ],
  stripe: [
    msg`Stripe Dashboard: Developers → Webhooks → Add destination.`,
    msg`События checkout.session.*, payment_intent.*, charge.* и refund.*; секрет whsec_… администратор кладёт в настройки Сверки.`,
  ],
}

const unknownBank = [
  msg`Найдите в личном кабинете банка адрес для уведомлений о платежах (callback, webhook) и вставьте его туда.`,
]

export const whereToPaste = (bank: string): MessageDescriptor[] => places[bank] ?? unknownBank
