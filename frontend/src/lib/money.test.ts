import { expect, it } from 'vitest'
import { formatMoney } from './money'

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

it.each([
  [{ amount: 450000, currency: 'RUB' }, 'ru', '4 500,00 ₽'],
  [{ amount: 5, currency: 'RUB' }, 'ru', '0,05 ₽'],
  [{ amount: -129900, currency: 'RUB' }, 'ru', '-1 299,00 ₽'],
  [{ amount: 123456789, currency: 'RUB' }, 'ru', '1 234 567,89 ₽'],
  [{ amount: 450000, currency: 'RUB' }, 'en', '4,500.00 ₽'],
  [{ amount: 1250, currency: 'KZT' }, 'ru', '12,50 ₸'],
  [{ amount: 1250, currency: 'JPY' }, 'en', '1,250 ¥'],
])('%j in %s is %s', (money, locale, text) => {
  expect(plain(formatMoney(money, locale))).toBe(text)
})
