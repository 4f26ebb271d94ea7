import type { CallbackCheckView, IncidentDetails, Mapping, NotificationDetail } from '#src/gen/types.gen'
import { notificationScenes } from './notifications'
import { type MockRegistry, registryScenes } from './registries'

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

/** What the fake server remembers of the banks' side. */
export type BanksSide = {
  incidents: Map<string, IncidentDetails>
  notifications: Map<string, NotificationDetail>
  registries: Map<string, MockRegistry>
  mappings: Map<string, Mapping>
  selfTests: Map<string, CallbackCheckView['last_self_test']>
}

const letter = {
  ru: `Здравствуйте!

С 14:05 24.11.2026 (МСК) не приходят уведомления о платежах по магазину main (MerchantId 12345).
Адрес: https://sverka.example/callbacks/payonline/main

За это время у вас проведено 37 оплат. Примеры:
  A-10598  TransactionID 910000184  4 500,00 RUB  24.11.2026 14:07:12
  A-10595  TransactionID 910000187  1 299,00 RUB  24.11.2026 14:11:40
  A-10592  TransactionID 910000192  12 500,00 RUB  24.11.2026 14:18:03

Просим проверить отправку уведомлений и прислать недошедшие повторно.`,
  en: `Hello,

Since 24.11.2026 14:05 (MSK) no payment notifications have come for the shop main (MerchantId 12345).
Address: https://sverka.example/callbacks/payonline/main

Meanwhile you have taken 37 payments, for example:
  A-10598  TransactionID 910000184  4500.00 RUB  24.11.2026 14:07:12
  A-10595  TransactionID 910000187  1299.00 RUB  24.11.2026 14:11:40

Please check that notifications are sent, and send again those that did not arrive.`,
}

const alarm = { event: 'opened', state: 'sent', next_try_at: null, error: null } as const

const base: IncidentDetails = {
  id: 'inc-silent',
  bank: 'payonline',
  bank_account: 'main',
  kind: 'silent',
  state: 'open',
  opened_at: ago(141),
  since: ago(155),
  closed_at: null,
  counts: { paid: 37, heard: 0, healed: 35, waiting: 2 },
  evidence: { expected: 36.4, observed: 0, probability: 1.6e-7 },
  last_notification_at: ago(156),
  can_resend: false,
  alarms: [
    { ...alarm, channel: 'webhook', name: 'ops', sent_at: ago(141) },
    { ...alarm, channel: 'email', name: 'duty', sent_at: ago(140) },
    {
      ...alarm,
      channel: 'telegram',
      name: 'chat',
      state: 'failed',
      sent_at: null,
      error: 'Telegram: 403 Forbidden: bot was kicked from the group chat',
    },
  ],
  support_text: letter,
}

const closed = (index: number): IncidentDetails => {
  const since = 60 * 24 * (index + 1) + 37 * index
  const silent = index % 3 !== 1
  const paid = silent ? 12 + index : 80 + index
  return {
    ...base,
    id: `inc-closed-${index}`,
    bank: index % 2 === 0 ? 'sber' : 'tbank',
    kind: silent ? 'silent' : 'losing',
    state: 'closed',
    since: ago(since),
    opened_at: ago(since - 20),
    closed_at: ago(since - 65 - index * 47),
    counts: { paid, heard: silent ? 0 : paid - 22, healed: silent ? paid : 22, waiting: 0 },
    evidence: { expected: silent ? 11.8 : 3.2, observed: silent ? 0 : 22, probability: 0.000_007 },
    can_resend: index % 2 === 1,
    alarms: [{ ...alarm, channel: 'email', name: 'duty', sent_at: ago(since - 20) }],
  }
}

export function playBanksSide(): BanksSide {
  const incidents: IncidentDetails[] = [base, ...Array.from({ length: 9 }, (_, index) => closed(index))]
  return {
    incidents: new Map(incidents.map((one) => [one.id, one])),
    notifications: new Map(notificationScenes().map((one) => [one.id, one])),
    registries: new Map(registryScenes().map((one) => [one.registry.id, one])),
    mappings: new Map(),
    selfTests: new Map(),
  }
}
