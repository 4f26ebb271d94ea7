import { HttpResponse, http } from 'msw'
import type { BankAccountView } from '#src/gen/types.gen'
import { signedIn } from '../../access'
import { problem } from '../../problem'

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const quiet = {
  last_rejected_at: null,
  last_orphan_at: null,
  rejected_24h: 0,
  orphans_24h: 0,
  lost_24h: 0,
  alarms: [],
  incident: null,
}

const accounts = (): { items: BankAccountView[] } => ({
  items: [
    {
      ...quiet,
      bank: 'sber',
      name: 'main',
      merchant: 'main',
      callback_url: 'https://sverka.example/callbacks/sber/main',
      last_notification_at: ago(3),
      last_good_at: ago(3),
      paid_24h: 184,
      abilities: { lists: true, resends: false, self_test: true },
    },
    {
      bank: 'payonline',
      name: 'main',
      merchant: 'main',
      callback_url: 'https://sverka.example/callbacks/payonline/main',
      last_notification_at: ago(190),
      last_good_at: ago(410),
      last_rejected_at: ago(190),
      last_orphan_at: ago(1_200),
      rejected_24h: 6,
      orphans_24h: 1,
      lost_24h: 14,
      paid_24h: 37,
      alarms: ['bad_signatures'],
      incident: { id: 'inc-silent', opened_at: ago(141) },
      abilities: { lists: true, resends: false, self_test: true },
    },
    {
      ...quiet,
      bank: 'sber',
      name: 'north',
      merchant: 'north',
      callback_url: 'https://sverka.example/callbacks/sber/north',
      last_notification_at: null,
      last_good_at: null,
      paid_24h: 0,
      abilities: { lists: true, resends: false, self_test: true },
    },
    {
      ...quiet,
      bank: 'tbank',
      name: 'main',
      merchant: 'main',
      callback_url: 'https://sverka.example/callbacks/tbank/main',
      last_notification_at: ago(240),
      last_good_at: ago(900),
      last_orphan_at: ago(240),
      orphans_24h: 1,
      paid_24h: 12,
      abilities: { lists: false, resends: true, self_test: true },
    },
  ],
})

export const listBankAccounts = http.get('*/api/v1/bank-accounts', ({ request }) =>
  signedIn(request) ? HttpResponse.json(accounts()) : problem(401, 'unauthenticated'),
)
