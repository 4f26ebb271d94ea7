import type { AttemptView, ErrorCode } from '#src/gen/types.gen'

/** The part of the contract about opening a payment page, by hand until the generated client has it. */
export const draftCodes = ['checkout_unavailable', 'checkout_refused'] as const
export type DraftCode = (typeof draftCodes)[number]
export type Attempt = AttemptView & { payment_url?: string | null }
/** The banks' side of the contract, written by hand until the generated client has it. */
export const draftCodes = [
  'list_not_supported',
  'registry_unreadable',
  'registry_layout_unknown',
  'mend_not_possible',
] as const
export type DraftCode = (typeof draftCodes)[number]

export type PageOf<Item> = { items: Item[]; next_cursor: string | null; total: TotalView }

export type Attempt = AttemptView & { rrn?: string | null }

export type LineResult = 'matched' | 'healed' | 'differs' | 'no_attempt' | 'missing' | 'noted'
export type LineKind = 'payment' | 'refund' | 'reversal' | 'other'
export type LineProblemCode = 'amount_differs' | 'currency_differs' | 'status_differs' | 'duplicate' | 'ambiguous'
export type MendAction = 'ask_bank' | 'record_attempt'
export type Registry = {
  id: string
  bank: string
  bank_account: string
  source: 'file' | 'bank'
  file_name: string | null
  layout: string
  period: { from: string; to: string } | null
  loaded_at: string
  loaded_by: string
  lines: number
  counts: Record<LineResult, number>
  sums: { payments: Money; refunds: Money; fees: Money; payout: Money; other: Money }
  declared: {
    payments: Money | null
    refunds: Money | null
    fees: Money | null
    payout: Money | null
    lines: number | null
  }
  adds_up: boolean | null
}
export type LineProblem = { code: LineProblemCode; expected: string | null; found: string | null }
export type RegistryLine = {
  number: number | null
  kind: LineKind
  result: LineResult
  bank_order_id: string | null
  order_number: string | null
  rrn: string | null
  amount: Money
  fee: Money | null
  at: string
  attempt_id: string | null
  problem: LineProblem | null
  mends: MendAction[]
}
export type MendBody = {
  line: number | null
  attempt_id: string | null
  action: MendAction
  payment_type?: string
  client_name?: string
}
export type MappingColumns = {
  order_number?: string
  bank_order_id?: string
  rrn?: string
  amount: string
  fee?: string
  kind?: string
  date: string
  time?: string
  currency?: string
  payout?: string
}
export type Mapping = {
  name: string
  bank: string | null
  columns: MappingColumns
  kinds: Partial<Record<'payment' | 'refund' | 'reversal', string[]>>
  date_format: string
  decimal: ',' | '.' | 'minor'
  timezone: string
}
export type RegistryPreview = {
  format: 'csv' | 'xlsx' | 'client_bank'
  layout: string | null
  encoding: string
  delimiter: string | null
  columns: string[]
  rows: string[][]
  guess: Mapping | null
}

type Query = Record<string, unknown>
type Signal = { signal?: AbortSignal }
const security = [{ scheme: 'bearer' as const, type: 'http' as const }]
const json = { 'Content-Type': 'application/json' }

/** A GET that ends in a value or throws. */
async function read<Data>(url: string, query: Query = {}, { signal }: Signal = {}): Promise<Data> {
  const { data } = await client.get<Record<200, Data>, unknown, true>({
    security,
    url,
    query,
    signal,
    throwOnError: true,
  })
  return data as Data
}

async function send<Data>(method: 'post' | 'put' | 'delete', url: string, body?: unknown): Promise<Data> {
  const { data } = await client[method]<Record<200, Data>, unknown, true>({
    security,
    url,
    throwOnError: true,
    ...(body === undefined ? {} : { body, headers: json }),
  })
  return data as Data
}

async function sendFile<Data>(url: string, query: Query, file: Blob): Promise<{ data: Data; status: number }> {
  const { data, response } = await client.post<Record<200, Data>, unknown, true>({
    security,
    url,
    query,
    body: file,
    bodySerializer: null,
    headers: { 'Content-Type': 'application/octet-stream' },
    throwOnError: true,
  })
  return { data: data as Data, status: response.status }
}

const enc = encodeURIComponent
const registry = (id: string) => `/api/v1/registries/${enc(id)}`

export const draft = {
  registries: (query: Query, s: Signal) => read<PageOf<Registry>>('/api/v1/registries', query, s),
  registry: (id: string, s: Signal) => read<Registry>(registry(id), {}, s),
  registryLines: (id: string, query: Query, s: Signal) => read<PageOf<RegistryLine>>(`${registry(id)}/lines`, query, s),
  preview: (query: Query, file: Blob) => sendFile<RegistryPreview>('/api/v1/registries/preview', query, file),
  upload: (query: Query, file: Blob) => sendFile<Registry>('/api/v1/registries', query, file),
  pull: (body: { bank: string; bank_account: string; from: string; to: string }) =>
    send<Registry>('post', '/api/v1/registries/pull', body),
  mend: (id: string, body: MendBody) => send<RegistryLine>('post', `${registry(id)}/mend`, body),
  mappings: (s: Signal) => read<{ items: Mapping[] }>('/api/v1/registry-mappings', {}, s),
  saveMapping: (mapping: Mapping) => send<Mapping>('put', `/api/v1/registry-mappings/${enc(mapping.name)}`, mapping),
  deleteMapping: (name: string) => send<unknown>('delete', `/api/v1/registry-mappings/${enc(name)}`),
}

export type AnyCode = ErrorCode | DraftCode
