import type { BulkRowView, BulkRunView, ConnectionView, FoundDocument, HoldView } from '#src/gen/types.gen'

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

export type MockRun = { run: BulkRunView; rows: BulkRowView[] }

/** What the fake server remembers of the accounting side. */
export type AccountingSide = { connections: Map<string, ConnectionView>; runs: Map<string, MockRun> }

const base: ConnectionView = {
  name: '1c',
  kind: 'onec_odata',
  title: { ru: '1С:Предприятие', en: '1C:Enterprise' },
  class: 'key_enforced',
  abilities: { looks_up: true, matches_clients: true },
  takes: { merchants: ['main'], payment_types: [], bank_accounts: [] },
  state: 'failing',
  failing_since: ago(72),
  next_try_at: ago(-4),
  last_error: 'HTTP 503: Регламентные работы. Сеанс с базой «Клуб» запрещён администратором до 12:00',
  last_good_at: ago(73),
  paused: null,
  backlog: {
    waiting: 37,
    oldest_at: ago(74),
    amount: [{ amount: 18_500_000, currency: 'RUB' }],
    held: 4,
    refused: 1,
  },
  self_test: {
    at: ago(35),
    passed: false,
    checks: [
      { kind: 'reach', outcome: 'passed', detail: 'https://1c.example/club/odata/standard.odata, 84 мс' },
      { kind: 'log_in', outcome: 'passed', detail: null },
      {
        kind: 'metadata',
        outcome: 'failed',
        detail: 'Document_ОплатаАбонемента: нет поля «НомерЗаказаПриложения»',
      },
      { kind: 'filter_finds_nothing', outcome: 'passed', detail: null },
      { kind: 'filter_finds_one', outcome: 'skipped', detail: null },
      { kind: 'key_is_enforced', outcome: 'skipped', detail: null },
    ],
  },
}

export const connectionScenes = (): ConnectionView[] => [
  base,
  {
    ...base,
    name: 'b24',
    kind: 'bitrix24',
    title: { ru: 'Битрикс24', en: 'Bitrix24' },
    class: 'look_up_only',
    takes: { merchants: ['north'], payment_types: ['deposit'], bank_accounts: ['sber/north'] },
    state: 'working',
    failing_since: null,
    next_try_at: null,
    last_error: null,
    last_good_at: ago(1),
    backlog: { waiting: 0, oldest_at: null, amount: [], held: 0, refused: 0 },
    self_test: { at: ago(600), passed: true, checks: [{ kind: 'reach', outcome: 'passed', detail: null }] },
  },
  {
    ...base,
    name: 'crm',
    kind: 'webhook',
    title: { ru: 'Вебхук', en: 'Webhook' },
    abilities: { looks_up: false, matches_clients: false },
    takes: { merchants: [], payment_types: [], bank_accounts: [] },
    state: 'paused',
    failing_since: null,
    next_try_at: null,
    last_error: null,
    last_good_at: ago(20),
    paused: { since: ago(19), by: 'Ирина Старшова', reason: 'Закрываем октябрь, до 18:00 не проводить' },
    backlog: { waiting: 3, oldest_at: ago(18), amount: [{ amount: 1_250_000, currency: 'RUB' }], held: 0, refused: 0 },
    self_test: null,
  },
]

/** How long ago the payments with a hold were made, in minutes: their documents are dated after them. */
export const HELD_AGE = { duplicate: 205, differs: 211 }

/** The club's day of a payment made so many minutes ago, days later (earlier if negative), as a document has it. */
const clubDay = (minutes: number, shift = 0) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Moscow' }).format(
    new Date(Date.now() - minutes * 60_000 + shift * 86_400_000),
  )

const found: FoundDocument = {
  key: '7d1c2b0e-2f4a-11ef-9a31-0050569f1b2c',
  number: 'КА00-000418',
  rule: 'client_amount_date',
  amount: { amount: 450_000, currency: 'RUB' },
  date: clubDay(HELD_AGE.duplicate),
  is_posted: true,
  is_deleted: false,
  is_ours: false,
  author: 'Администратор ресепшн (Лена)',
  client: 'Иванова Мария Петровна',
  is_same_client: true,
  comment: 'Оплата картой в приложении, показала чек',
  url: 'https://1c.example/club/#e1cib/data/Document.418',
}

const hold: HoldView = {
  delivery_id: 'delivery-1',
  kind: 'payment',
  reason: 'possible_duplicate',
  since: ago(26),
  documents: [found],
  clients: [],
  decisions: ['link', 'send', 'postpone'],
  connection: '1c',
}

/** One for each thing that a person may be asked. */
export const holdScenes = {
  duplicate: hold,
  several: {
    ...hold,
    reason: 'several_clients',
    documents: [],
    clients: [
      { key: 'К-00412', name: 'Тихонова Вера Павловна', phone: '+79037770011', email: null },
      { key: 'К-00977', name: 'Тихонов Лев (ребёнок)', phone: '+79037770011', email: 'vera@example.com' },
    ],
    decisions: ['choose_client', 'postpone'],
  },
  nobody: { ...hold, reason: 'client_not_found', documents: [], decisions: ['choose_client', 'postpone'] },
  differs: {
    ...hold,
    reason: 'document_differs',
    documents: [
      {
        ...found,
        key: 'doc-differs',
        number: 'КА00-000431',
        rule: 'our_key',
        is_ours: true,
        amount: { amount: 405_000, currency: 'RUB' },
        date: clubDay(HELD_AGE.differs, -1),
        is_posted: false,
        client: 'Иванов Марк Петрович',
        is_same_client: false,
        author: 'Сверка',
        comment: 'Создано автоматически, оплата A-10587, вручную не вводить',
      },
      { ...found, key: 'doc-other', number: 'КА00-000419', is_same_client: null, comment: null, author: null },
    ],
    decisions: ['link', 'postpone'],
  },
  double: { ...hold, decisions: ['dismiss'] },
} as const satisfies Record<string, HoldView>

export function playAccountingSide(): AccountingSide {
  return { connections: new Map(connectionScenes().map((one) => [one.name, one])), runs: new Map() }
}
