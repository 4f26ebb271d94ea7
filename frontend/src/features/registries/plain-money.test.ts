import { expect, it } from 'vitest'
import { parsePlainMoney } from './plain-money'

it('reads money written out, in minor units by its digits', () => {
  expect(parsePlainMoney('4500.00 RUB')).toEqual({ amount: 450_000, currency: 'RUB' })
  expect(parsePlainMoney('-0.29 USD')).toEqual({ amount: -29, currency: 'USD' })
  expect(parsePlainMoney('500 JPY')).toEqual({ amount: 500, currency: 'JPY' })
})

it('leaves alone what is not money', () => {
  expect(parsePlainMoney('paid')).toBeNull()
  expect(parsePlainMoney('4500.00')).toBeNull()
  expect(parsePlainMoney('99999999999999999.00 RUB')).toBeNull()
})
