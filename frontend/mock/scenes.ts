import type { AttemptView } from '#src/gen/types.gen'
import { HELD_AGE, holdScenes } from './accounting-side'
import { attempt } from './attempt'

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()
const inMinutes = (minutes: number) => minutesAgo(-minutes)

type Scene = Parameters<typeof attempt>[0] & { age: number }

/** One attempt for each thing that can happen; its id says which, so anybody can open it by hand. */
const scenes: Scene[] = [
  { id: 'att-waiting', age: 1, bank_status: 'created', client: who('Кузнецова Анна Игоревна', '+79265550142') },
  {
    id: 'att-lost',
    age: 9,
    bank_status: 'pending',
    client: who('Смирнов Пётр Алексеевич', '+79031112233'),
    next_bank_query_at: inMinutes(2),
  },
  {
    id: 'att-bank-down',
    age: 21,
    bank_status: 'pending',
    code: 'bank_silent',
    bank: 'payonline',
    detail: 'Превышено время ожидания ответа: 10 с',
    client: who('Волкова Елена Сергеевна', '+79857774411'),
    next_bank_query_at: inMinutes(4),
  },
  {
    id: 'att-queued',
    age: 24,
    bank_status: 'paid',
    crm_status: 'queued',
    bank_status_source: 'callback',
    client: who('Морозов Илья Денисович', '+79161230077'),
  },
  {
    id: 'att-accounting-down',
    age: 32,
    bank_status: 'paid',
    crm_status: 'retrying',
    bank_status_source: 'callback',
    detail: '503 Service Unavailable: Регламентные работы до 12:00',
    next_try_at: inMinutes(3),
    client: who('Иванова Мария Петровна', '+79161234567'),
  },
  {
    id: 'att-in-doubt',
    age: 38,
    bank_status: 'paid',
    crm_status: 'in_doubt',
    bank_status_source: 'callback',
    next_try_at: inMinutes(1),
    client: who('Новиков Артём Олегович', '+79269998877'),
  },
  {
    id: 'att-refused',
    age: 55,
    bank_status: 'paid',
    crm_status: 'needs_attention',
    bank_status_source: 'callback',
    detail: 'Контрагент с телефоном +79104443322 не найден, номенклатура «Абонемент Gold» снята с учёта',
    client: who('Соколова Дарья Викторовна', '+79104443322'),
  },
  {
    id: 'att-synced',
    age: 64,
    bank_status: 'paid',
    crm_status: 'synced',
    bank_status_source: 'bank_query',
    lost_callback: true,
    crm_document_ref: 'КА-00001734',
    client: who('Лебедев Константин Юрьевич', '+79998887766'),
  },
  {
    id: 'att-mismatch',
    age: 80,
    bank_status: 'pending',
    code: 'amount_mismatch',
    detail: 'в уведомлении 4 000,00 RUB',
    client: who('Козлова Ольга Андреевна', '+79031234000'),
  },
  { id: 'att-conflict', age: 95, bank_status: 'pending', client: who('Павлов Сергей Михайлович', '+79165557001') },
  {
    id: 'att-by-hand',
    age: 120,
    bank_status: 'paid',
    crm_status: 'posted_by_hand',
    bank_status_source: 'callback',
    crm_document_ref: 'РУЧ-118',
    client: who('Фёдорова Татьяна Николаевна', '+79850001122'),
  },
  {
    id: 'att-declined',
    age: 130,
    bank_status: 'declined',
    detail: '116 Недостаточно средств на карте',
    bank_status_source: 'callback',
    client: who('Егоров Максим Павлович', '+79261112200'),
  },
  {
    id: 'att-refunded',
    age: 200,
    bank_status: 'refunded',
    crm_status: 'synced',
    bank_status_source: 'callback',
    refunded: { amount: 450000, currency: 'RUB' },
    client: who('Орлова Виктория Романовна', '+79037776655'),
  },
  {
    id: 'att-held',
    age: HELD_AGE.duplicate,
    bank_status: 'paid',
    crm_status: 'needs_attention',
    bank_status_source: 'callback',
    code: 'possible_duplicate',
    rrn: '632811470021',
    amount: { amount: 450_000, currency: 'RUB' },
    hold: { ...holdScenes.duplicate, delivery_id: 'delivery-held' },
    client: who('Иванова Мария Петровна', '+79161234567'),
  },
  {
    id: 'att-held-clients',
    age: 207,
    bank_status: 'paid',
    crm_status: 'needs_attention',
    bank_status_source: 'callback',
    code: 'several_clients',
    rrn: '632811470021',
    amount: { amount: 450_000, currency: 'RUB' },
    hold: { ...holdScenes.several, delivery_id: 'delivery-clients' },
    client: who('Тихонова Вера Павловна', '+79037770011'),
  },
  {
    id: 'att-held-nobody',
    age: 209,
    bank_status: 'paid',
    crm_status: 'needs_attention',
    bank_status_source: 'callback',
    code: 'client_not_found',
    rrn: '632811470021',
    amount: { amount: 450_000, currency: 'RUB' },
    hold: { ...holdScenes.nobody, delivery_id: 'delivery-nobody' },
    client: who('Гришин Антон Олегович', '+79163330044'),
  },
  {
    id: 'att-held-differs',
    age: HELD_AGE.differs,
    bank_status: 'paid',
    crm_status: 'needs_attention',
    bank_status_source: 'callback',
    code: 'document_differs',
    rrn: '632811470021',
    amount: { amount: 450_000, currency: 'RUB' },
    hold: { ...holdScenes.differs, delivery_id: 'delivery-differs' },
    client: who('Иванова Мария Петровна', '+79161234567'),
  },
  {
    id: 'att-double',
    age: 213,
    bank_status: 'paid',
    crm_status: 'synced',
    bank_status_source: 'callback',
    code: 'probable_double',
    rrn: '632811470021',
    amount: { amount: 450_000, currency: 'RUB' },
    hold: { ...holdScenes.double, delivery_id: 'delivery-double' },
    client: who('Иванова Мария Петровна', '+79161234567'),
  },
]

function who(name: string, phone: string) {
  return { name, phone, email: null, external_id: null }
}

function ordinary(index: number): Scene {
  const surnames = [
    'Абрамов Олег',
    'Белова Ирина',
    'Васильев Глеб',
    'Громова Алина',
    'Дмитриев Кирилл',
    'Жукова Полина',
    'Зайцев Роман',
    'Ильина Софья',
    'Киселёв Тимур',
    'Никитина Юлия',
  ]
  const fates: Array<Partial<AttemptView>> = [
    { bank_status: 'paid', crm_status: 'synced', bank_status_source: 'callback' },
    { bank_status: 'paid', crm_status: 'synced', bank_status_source: 'callback' },
    { bank_status: 'paid', crm_status: 'synced', bank_status_source: 'bank_query', lost_callback: true },
    { bank_status: 'paid', crm_status: 'synced', bank_status_source: 'callback' },
    { bank_status: 'abandoned', bank_status_source: 'app' },
    { bank_status: 'paid', crm_status: 'synced', bank_status_source: 'callback' },
    { bank_status: 'expired', bank_status_source: 'bank_query' },
    { bank_status: 'paid', crm_status: 'synced', bank_status_source: 'registry' },
  ]
  const phone = `+7916${String(4_000_000 + index * 7919).slice(0, 7)}`
  return {
    id: `att-ordinary-${index}`,
    age: 220 + index * 13,
    ...fates[index % fates.length],
    client: who(surnames[index % surnames.length] ?? '', phone),
  }
}

const types = ['membership', 'personal_training', 'deposit', 'membership']
const sums = [450000, 129900, 1250000, 35000, 89900]

function play({ age, ...scene }: Scene, index: number): AttemptView {
  const at = minutesAgo(age)
  const paid = scene.bank_status === 'paid' ? { paid_at: at } : {}
  return attempt({
    order_number: `A-${10_600 - index}`,
    bank: index % 3 === 1 ? 'payonline' : 'sber',
    bank_account: index % 5 === 4 ? 'north' : 'main',
    merchant: index % 5 === 4 ? 'north' : 'main',
    payment_type: types[index % types.length] ?? 'membership',
    amount: { amount: sums[index % sums.length] ?? 0, currency: 'RUB' },
    metadata: { app_version: '4.18.2', platform: index % 2 === 0 ? 'ios' : 'android' },
    crm_document_ref: scene.crm_status === 'synced' ? `КА-${String(1_900 - index).padStart(8, '0')}` : null,
    created_at: at,
    updated_at: at,
    version: 3,
    ...paid,
    ...scene,
  })
}

export const playScenes = () => [...scenes, ...Array.from({ length: 120 }, (_, index) => ordinary(index))].map(play)
