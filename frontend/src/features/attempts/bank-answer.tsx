import { useLingui } from '@lingui/react/macro'
import { BankStatusBadge } from '#src/api/status-badges'
import type { BankAnswer } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import styles from './bank-answer.module.css'
import { bankReason } from './bank-reasons'

/** What the bank said, as facts: its status, sums, its own code and words. */
export function BankAnswerFacts({ answer, bank, when = true }: { answer: BankAnswer; bank: string; when?: boolean }) {
  const { t } = useLingui()
  const format = useFormat()
  if (!answer.found) return <p>{t`Банк не нашёл у себя такого платежа.`}</p>
  const reason = bankReason(bank, answer.code)
  const rows: Array<[string, string | null | undefined]> = [
    [t`Сумма`, answer.amount && format.money(answer.amount)],
    [t`Возвращено`, answer.refunded && answer.refunded.amount > 0 ? format.money(answer.refunded) : null],
    [t`Номер в банке`, answer.bank_order_id],
    [t`Код банка`, answer.code],
    [t`Что это значит`, reason && t(reason)],
    [t`Слова банка`, answer.message],
    [t`Спрошено`, when ? formatFull(answer.asked_at) : null],
  ]
  return (
    <dl className={styles.facts}>
      {answer.bank_status && (
        <div>
          <dt>{t`Статус`}</dt>
          <dd>
            <BankStatusBadge status={answer.bank_status} />
          </dd>
        </div>
      )}
      {rows.map(([name, value]) =>
        value ? (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ) : null,
      )}
    </dl>
  )
}
