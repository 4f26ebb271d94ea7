import type { NotificationDetail, NotificationVerdict, ReadingView } from '#src/gen/types.gen'

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString()

const readings: Record<NotificationVerdict, ReadingView> = {
  received: { genuineness: 'genuine', says: 'fact', bank_status: 'paid', amount: { amount: 450000, currency: 'RUB' } },
  accepted: { genuineness: 'genuine', says: 'fact', bank_status: 'paid', amount: { amount: 450000, currency: 'RUB' } },
  rejected: { genuineness: 'forged', says: 'nothing', bank_status: null, amount: null },
  orphan: { genuineness: 'genuine', says: 'fact', bank_status: 'paid', amount: { amount: 129900, currency: 'RUB' } },
  ignored: { genuineness: 'unsigned', says: 'hint', bank_status: null, amount: null },
  mismatch: { genuineness: 'genuine', says: 'fact', bank_status: 'paid', amount: { amount: 400000, currency: 'RUB' } },
  self_test: { genuineness: 'genuine', says: 'hint', bank_status: null, amount: null },
}

type Scene = Partial<NotificationDetail> & { id: string; age: number; verdict: NotificationVerdict }

function play({ age, ...scene }: Scene): NotificationDetail {
  const order = scene.order_number === undefined ? 'A-10593' : scene.order_number
  const bankOrder = 'b8d7c0de-51f2-4a06-9d3c-0a1c5be4a452'
  return {
    bank: 'sber',
    bank_account: 'main',
    received_at: ago(age),
    method: 'GET',
    order_number: order,
    bank_order_id: bankOrder,
    attempt_id: null,
    repeats: 0,
    remote_addr: '185.157.97.1',
    raw_dropped_at: null,
    query: `mdOrder=${bankOrder}&orderNumber=${order}&operation=deposited&status=1&amount=450000&checksum=7C1A5D0E4F0C86B1A2`,
    body: '',
    headers: [
      ['host', 'sverka.example'],
      ['user-agent', 'Apache-HttpClient/4.5.13 (Java/11.0.20)'],
      ['accept', '*/*'],
    ],
    reading: readings[scene.verdict],
    ...scene,
  }
}

const special: Scene[] = [
  { id: 'note-accepted', age: 3, verdict: 'accepted', attempt_id: 'att-queued', repeats: 1 },
  { id: 'note-rejected', age: 190, verdict: 'rejected', bank: 'payonline', method: 'POST', remote_addr: '203.0.113.9' },
  {
    id: 'note-orphan',
    age: 240,
    verdict: 'orphan',
    order_number: 'B-777',
    method: 'POST',
    bank: 'tbank',
    query: '',
    body: '{"TerminalKey":"1700000000000DEMO","OrderId":"B-777","Success":true,"Status":"CONFIRMED","PaymentId":7004455,"Amount":129900,"Token":"1f3c0a"}',
  },
  { id: 'note-mismatch', age: 300, verdict: 'mismatch', attempt_id: 'att-mismatch' },
]

export function notificationScenes(): NotificationDetail[] {
  const ordinary = Array.from(
    { length: 70 },
    (_, index): Scene => ({
      id: `note-${index}`,
      age: 12 + index * 9,
      verdict: index % 9 === 4 ? 'ignored' : 'accepted',
      order_number: `A-${10_580 - index}`,
      attempt_id: `att-ordinary-${index}`,
      repeats: index % 11 === 3 ? 2 : 0,
    }),
  )
  return [...special, ...ordinary].map(play).sort((a, b) => (a.received_at < b.received_at ? 1 : -1))
}
