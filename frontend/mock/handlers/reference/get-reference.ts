import { HttpResponse, http } from 'msw'
import { BankStatus, CrmStatus, type Reference } from '#src/gen/types.gen'
import { signedIn } from '../../access'
import { problem } from '../../problem'

export const reference: Reference = {
  merchants: [
    { code: 'main', title: 'Клуб на Ленинском', timezone: 'Europe/Moscow' },
    { code: 'north', title: 'Клуб Север', timezone: 'Europe/Moscow' },
  ],
  payment_types: [
    { code: 'membership', title: { ru: 'Абонемент', en: 'Membership' } },
    { code: 'personal_training', title: { ru: 'Персональная тренировка', en: 'Personal training' } },
    { code: 'deposit', title: { ru: 'Депозит', en: 'Deposit' } },
  ],
  bank_accounts: [
    { bank: 'sber', name: 'main', merchant: 'main' },
    { bank: 'sber', name: 'north', merchant: 'north' },
    { bank: 'payonline', name: 'main', merchant: 'main' },
    { bank: 'tbank', name: 'main', merchant: 'main' },
  ],
  banks: [
    { code: 'sber', title: { ru: 'Сбер', en: 'Sber' } },
    { code: 'payonline', title: { ru: 'PayOnline', en: 'PayOnline' } },
    { code: 'tbank', title: { ru: 'Т-Банк', en: 'T-Bank' } },
  ],
  bank_statuses: Object.values(BankStatus),
  crm_statuses: Object.values(CrmStatus),
}

export const getReference = http.get('*/api/v1/reference', ({ request }) =>
  signedIn(request) ? HttpResponse.json(reference) : problem(401, 'unauthenticated'),
)
