import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Mapping } from '#src/gen/types.gen'
import type { MappingField } from './mapping'

export const fieldWords: Record<MappingField, MessageDescriptor> = {
  amount: msg`Сумма`,
  date: msg`Дата`,
  order_number: msg`Номер заказа`,
  bank_order_id: msg`Номер в банке`,
  rrn: msg`RRN`,
  time: msg`Время`,
  fee: msg`Комиссия`,
  payout: msg`К выплате`,
  currency: msg`Валюта`,
  kind: msg`Вид операции`,
}

export const decimalWords: Record<Mapping['decimal'], MessageDescriptor> = {
  ',': msg`рубли с запятой: 1 234,56`,
  '.': msg`рубли с точкой: 1234.56`,
  minor: msg`копейки: 123456`,
}
