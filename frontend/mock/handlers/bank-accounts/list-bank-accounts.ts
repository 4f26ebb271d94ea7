import { HttpResponse, http } from 'msw'
import type { BankAccountList } from '#src/gen/types.gen'
import { signedIn } from '../../access'
import { problem } from '../../problem'

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const quiet = { last_rejected_at: null, last_orphan_at: null, rejected_24h: 0, orphans_24h: 0, lost_24h: 0, alarms: [] }

const accounts = (): BankAccountList => ({
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
      alarms: ['lost_callbacks', 'bad_signatures'],
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
    },
  ],
})

export const listBankAccounts = http.get('*/api/v1/bank-accounts', ({ request }) =>
  signedIn(request) ? HttpResponse.json(accounts()) : problem(401, 'unauthenticated'),
)
