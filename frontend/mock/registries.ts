import type { LineResult, RegistryLineView, RegistryView } from '#src/gen/types.gen'

export type MockRegistry = { registry: RegistryView; lines: RegistryLineView[] }

const rub = (amount: number) => ({ amount, currency: 'RUB' })
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

const blank: RegistryLineView = {
  number: 1,
  kind: 'payment',
  result: 'matched',
  bank_order_id: null,
  order_number: null,
  rrn: null,
  amount: rub(450_000),
  fee: rub(9_900),
  at: hoursAgo(26),
  attempt_id: null,
  problem: null,
  mends: [],
}

const special: Array<Partial<RegistryLineView>> = [
  { result: 'no_attempt', order_number: 'B-777', rrn: '432109876543', mends: ['record_attempt'], amount: rub(129_900) },
  {
    result: 'differs',
    order_number: 'A-10600',
    attempt_id: 'att-mismatch',
    problem: { code: 'amount_differs', expected: '4500.00 RUB', found: '4000.00 RUB' },
    amount: rub(400_000),
    mends: ['ask_bank'],
  },
  {
    result: 'differs',
    order_number: 'A-10589',
    attempt_id: 'att-declined',
    problem: { code: 'status_differs', expected: 'declined', found: 'paid' },
    mends: ['ask_bank'],
  },
  { result: 'healed', order_number: 'A-10599', attempt_id: 'att-lost', rrn: '432109870001' },
  {
    result: 'missing',
    number: null,
    order_number: 'A-10593',
    attempt_id: 'att-synced',
    mends: ['ask_bank'],
    fee: null,
  },
  { result: 'noted', kind: 'other', amount: rub(-29_000), fee: null },
]

const count = (lines: ReadonlyArray<RegistryLineView>, result: LineResult) =>
  lines.filter((line) => line.result === result).length

export function registryOf(id: string, lines: RegistryLineView[], rest: Partial<RegistryView> = {}): MockRegistry {
  const inFile = lines.filter((line) => line.number !== null)
  const sum = (pick: (line: RegistryLineView) => boolean) =>
    inFile.filter(pick).reduce((total, line) => total + line.amount.amount, 0)
  const payments = sum((line) => line.kind === 'payment')
  const other = sum((line) => line.kind === 'other')
  const fees = inFile.reduce((total, line) => total + (line.fee?.amount ?? 0), 0)
  return {
    lines,
    registry: {
      id,
      bank: 'sber',
      bank_account: 'main',
      source: 'file',
      file_name: 'reestr_2026-11-23.csv',
      layout: 'sverka',
      period: { from: hoursAgo(48), to: hoursAgo(24) },
      loaded_at: hoursAgo(2),
      loaded_by: 'Ольга Миронова',
      lines: inFile.length,
      counts: {
        matched: count(lines, 'matched'),
        healed: count(lines, 'healed'),
        differs: count(lines, 'differs'),
        no_attempt: count(lines, 'no_attempt'),
        missing: count(lines, 'missing'),
        noted: count(lines, 'noted'),
      },
      sums: {
        payments: rub(payments),
        refunds: rub(0),
        fees: rub(fees),
        payout: rub(payments - fees + other),
        other: rub(other),
      },
      declared: { payments: rub(payments), refunds: rub(0), fees: rub(fees), payout: null, lines: inFile.length },
      adds_up: true,
      ...rest,
    },
  }
}

function ordinary(index: number, from: number): RegistryLineView {
  return {
    ...blank,
    number: from + index,
    order_number: `A-${10_580 - index}`,
    bank_order_id: `b8d7c0de-51f2-4a06-9d3c-${String(100_000_000_000 + index * 7919)}`,
    rrn: String(432_100_000_000 + index * 7919),
    attempt_id: `att-ordinary-${index}`,
    amount: rub([450_000, 129_900, 1_250_000, 35_000][index % 4] ?? 0),
    kind: index % 17 === 9 ? 'refund' : 'payment',
  }
}

export function linesWithFaults(): RegistryLineView[] {
  const faulty = special.map((line, index): RegistryLineView => ({ ...blank, number: index + 1, ...line }))
  return [...faulty, ...Array.from({ length: 140 }, (_, index) => ordinary(index, faulty.length + 1))]
}

export function registryScenes(): MockRegistry[] {
  const clean = Array.from({ length: 60 }, (_, index) => ordinary(index, 1))
  const wrongTotals = registryOf('reg-totals', clean, {
    bank: 'tbank',
    layout: 'tbank',
    file_name: 'operations_22.11.2026.txt',
    loaded_at: hoursAgo(27),
    adds_up: false,
  })
  wrongTotals.registry.declared.payments = rub(wrongTotals.registry.sums.payments.amount + 450_000)
  return [
    registryOf('reg-faults', linesWithFaults()),
    wrongTotals,
    registryOf('reg-clean', clean, {
      source: 'bank',
      file_name: null,
      layout: 'bank',
      loaded_at: hoursAgo(50),
      loaded_by: 'Ольга Миронова',
      declared: { payments: null, refunds: null, fees: null, payout: null, lines: null },
      adds_up: null,
    }),
  ]
}
