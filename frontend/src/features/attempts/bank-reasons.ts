import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'

/** Banks that run the RBS gateway: a code means the same at each. */
const RBS: ReadonlySet<string> = new Set(['sber', 'sber_ecom', 'alfa', 'vtb'])

const noAnswer = msg`Банк, выпустивший карту, не ответил: деньги могли списаться, Сверка спросит ещё.`
const noLink = msg`Нет связи с банком, выпустившим карту.`
const refused = msg`Банк, выпустивший карту, отклонил операцию.`
const notProved = msg`Клиент не подтвердил оплату (3-D Secure).`
const notChecked = msg`Банк не смог проверить клиента (3-D Secure).`
const wrongCard = msg`Неверный номер карты.`
const limit = msg`Превышен лимит по карте.`
const blocked = msg`Карта заблокирована или ограничена банком.`
const lost = msg`Карта числится утерянной или украденной.`
const shop = msg`Операция не разрешена магазину: нужно обратиться в банк, который принимает платежи.`

/**
 * What the processing code of the RBS gateway (actionCode) means. Its own words are mostly "refused, ask the bank that issued
 * the card", so these stand beside them and not in their place. By Sber's description of the gateway, 1.0.7.
 * Codes of one digit are left out: an answer without a code shows the order's state in its place.
 */
const rbsReasons: Record<string, MessageDescriptor> = {
  '-3101': msg`Клиент запретил списания с сохранённой карты.`,
  '-3100': msg`Сохранённая карта отключена.`,
  '-2020': notChecked,
  '-2019': notChecked,
  '-2018': notChecked,
  '-2017': notProved,
  '-2016': notChecked,
  '-2015': notChecked,
  '-2013': msg`Исчерпаны попытки оплаты: нужен новый заказ.`,
  '-2011': notChecked,
  '-2010': notChecked,
  '-2007': msg`Вышло время на оплату заказа.`,
  '-2006': notProved,
  '-2005': notProved,
  '-100': msg`Клиент ещё не пробовал платить.`,
  '-99': msg`Операция ещё обрабатывается.`,
  '12': limit,
  '13': msg`Неверная сумма операции.`,
  '14': wrongCard,
  '15': wrongCard,
  '31': noLink,
  '41': lost,
  '43': lost,
  '53': wrongCard,
  '61': limit,
  '62': blocked,
  '65': limit,
  '75': blocked,
  '81': refused,
  '82': msg`Неверный код с обратной стороны карты.`,
  '101': msg`Истёк срок действия карты.`,
  '103': noLink,
  '104': blocked,
  '106': blocked,
  '107': refused,
  '109': shop,
  '111': wrongCard,
  '116': msg`На карте недостаточно денег.`,
  '120': refused,
  '125': wrongCard,
  '902': refused,
  '909': refused,
  '910': noLink,
  '999': msg`Операция отклонена из-за подозрения на мошенничество.`,
  '1004': shop,
  '1015': msg`Неверно введены данные карты.`,
  '1018': noAnswer,
  '1019': noAnswer,
  '2003': notProved,
  '2007': msg`Этот заказ уже оплачен.`,
  '2016': shop,
}

/** What a bank's own code means, where the code is known. */
export const bankReason = (bank: string, code: string | null): MessageDescriptor | null =>
  (RBS.has(bank) && code !== null && rbsReasons[code]) || null

/** Every known code, for the test that reads them all. */
export const knownReasons: ReadonlyArray<MessageDescriptor> = Object.values(rbsReasons)
