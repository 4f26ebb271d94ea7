import { randomInt } from 'node:crypto'
import type { AttemptView, NewAttemptBody } from '../src/gen/types.gen'

/** Where everything is; only what differs from the demo needs to be set. */
const setting = (name: string, fallback: string) => process.env[name] ?? fallback

export const settings = {
  sverka: setting('SVERKA_URL', 'http://127.0.0.1:8080'),
  simulator: setting('SIMULATOR_URL', 'http://127.0.0.1:9090'),
  email: setting('SVERKA_EMAIL', 'operator@example.com'),
  password: setting('SVERKA_PASSWORD', 'correct horse'),
  /** Has the same password, and may pause an accounting system. */
  supervisor: setting('SVERKA_SUPERVISOR_EMAIL', 'supervisor@sverka.local'),
  apiKey: setting('SVERKA_API_KEY', ''),
  bank: setting('E2E_BANK', 'sber'),
  account: setting('E2E_BANK_ACCOUNT', 'main'),
  /** Another account of the bank, whose notifications are let go silent. */
  silentAccount: setting('E2E_SILENT_ACCOUNT', 'second'),
  paymentType: setting('E2E_PAYMENT_TYPE', 'membership'),
  accounting: setting('E2E_ACCOUNTING', 'crm'),
  /** A 1C base of the simulator, the connection to it, and the payment type that goes there. */
  onec: setting('E2E_ONEC', 'main'),
  onecConnection: setting('E2E_ONEC_CONNECTION', 'onec'),
  onecPaymentType: setting('E2E_ONEC_PAYMENT_TYPE', 'locker'),
}

async function call(method: string, url: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

const control = (method: string, path: string, body?: unknown) =>
  call(method, `${settings.simulator}/control${path}`, body)

const at = (account = settings.account) => `/banks/${settings.bank}/${account}`

type Faults = { query_mode?: 'ok' | 'down' | 'timeout' | 'error500'; drop_rate?: number }
type AccountingMode = 'ok' | 'busy503' | 'down' | 'reject422'
type Move = { callback?: 'send' | 'drop' | 'delay'; copies?: number }
type Client = { name: string; phone: string }
type OnecDocument = { ref_key: string; number: string; client_name: string; author: string; amount: number }
type Receipt = { webhook_id: string; applied_times: number; document_refs: string[]; body: unknown }

/** What only the outside world can do: the bank takes money, loses notifications, accounting goes down. */
export const world = {
  bankFaults: (faults: Faults) => control('PUT', `${at()}/faults`, faults),
  pay: (orderNumber: string, move: Move = {}, account?: string) =>
    control('POST', `${at(account)}/orders/${orderNumber}/pay`, move),
  /** The bank's settlement file of what it has booked. */
  registry: async (): Promise<Buffer> => {
    const made = await control('POST', `${at()}/registry`, { layout: 'sverka' })
    return Buffer.from(made.file_base64, 'base64')
  },
  /** `askLaterBy` is what a busy one says in `Retry-After`, in seconds. */
  accounting: (mode: AccountingMode, askLaterBy?: number) =>
    control('PUT', `/accounting/${settings.accounting}/faults`, { mode, retry_after_s: askLaterBy }),
  /** How many documents accounting made for an attempt: the whole point is that it is never two. */
  documentsFor: async (attemptId: string) => {
    const receipts: Receipt[] = await control('GET', `/accounting/${settings.accounting}/payments`)
    return receipts
      .filter((receipt) => JSON.stringify(receipt.body).includes(attemptId))
      .reduce((total, receipt) => total + receipt.applied_times, 0)
  },
  /** A client of the club in 1C, and the document that somebody at the front desk entered for them by hand. */
  onecClient: async ({ name, phone }: Client): Promise<string> =>
    (await control('POST', `/onec/${settings.onec}/clients`, { name, phone })).ref_key,
  enteredByHand: (client_key: string, amount: number, comment: string): Promise<OnecDocument> =>
    control('POST', `/onec/${settings.onec}/documents`, { client_key, amount, comment, author: 'Лена, ресепшн' }),
  onecDocumentsOf: async (name: string): Promise<OnecDocument[]> => {
    const documents: OnecDocument[] = await control('GET', `/onec/${settings.onec}/documents`)
    return documents.filter((document) => document.client_name === name)
  },
  onec: (mode: 'ok' | 'down' | 'busy503') => control('PUT', `/onec/${settings.onec}/faults`, { mode }),
  calm: async () => {
    await world.bankFaults({})
    await world.accounting('ok')
    await world.onec('ok')
  },
}

const letters = 'абвгдежзиклмнопрстуф'
const word = (length: number) => Array.from({ length }, () => letters[randomInt(letters.length)]).join('')

/** A client whom no earlier run has met, so that a search finds exactly one. */
export function newClient() {
  const tail = String(randomInt(10_000_000)).padStart(7, '0')
  return { name: `Тестова${word(7)} Мария Петровна`, phone: `+7999${tail}`, lastFour: tail.slice(-4) }
}

/** The bank's order and Sverka's attempt for it, as the app's backend would make them. */
export async function newAttempt(
  client = newClient(),
  amount = 450_000,
  account = settings.account,
  payment_type = settings.paymentType,
): Promise<AttemptView> {
  const order_number = `E2E-${Date.now()}-${randomInt(1_000_000)}`
  const order = await control('POST', `${at(account)}/orders`, { order_number, amount })
  const body: NewAttemptBody = {
    order_number,
    bank: settings.bank,
    bank_account: account,
    payment_type,
    amount: { amount, currency: 'RUB' },
    client: { name: client.name, phone: client.phone, email: null, external_id: null },
    bank_order_id: order.bank_order_id,
  }
  return call('POST', `${settings.sverka}/api/v1/payment-attempts`, body, {
    Authorization: `Bearer ${settings.apiKey}`,
    'Idempotency-Key': order_number,
  })
}

/** What the bank says of attempts, asked by the operator as the buttons of the attempts' pages would. */
export async function askBank(attempts: ReadonlyArray<AttemptView>) {
  const body = { email: settings.email, password: settings.password }
  const session = await call('POST', `${settings.sverka}/api/v1/auth/login`, body)
  const headers = { Authorization: `Bearer ${session.access_token}` }
  for (const { id } of attempts) {
    await call('POST', `${settings.sverka}/api/v1/payment-attempts/${id}/bank-query`, undefined, headers)
  }
}
