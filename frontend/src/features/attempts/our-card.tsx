import { useLingui } from '@lingui/react/macro'
import { useTitles } from '#src/api/reference'
import type { AttemptView, HoldView } from '#src/gen/types.gen'
import { formatPhone } from '#src/lib/phone'
import { formatFull } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { CardLine } from './card-line'
import { sumOf } from './compare'
import styles from './hold-card.module.css'

/** The payment as Sverka knows it, line by line beside those of a document. */
export function OurCard({ attempt, hold }: { attempt: AttemptView; hold: HoldView }) {
  const { t } = useLingui()
  const format = useFormat()
  const title = useTitles()
  const { client, bank, bank_account, bank_order_id, rrn, order_number } = attempt
  return (
    <article className={styles.card} aria-label={t`Наша оплата`}>
      <h3 className={styles.title}>{hold.kind === 'refund' ? t`Наш возврат` : t`Наша оплата`}</h3>
      <dl>
        <CardLine name={t`Когда`}>{formatFull(attempt.paid_at ?? attempt.created_at)}</CardLine>
        <CardLine name={t`Сумма`}>
          <b>{format.money(sumOf(attempt, hold))}</b>
        </CardLine>
        <CardLine name={t`Клиент`}>
          {client.name}
          {client.phone !== null && <span className={styles.second}>{formatPhone(client.phone)}</span>}
        </CardLine>
        <CardLine name={t`Номер`}>{order_number}</CardLine>
        <CardLine name={t({ message: 'Эквайринг', context: 'one account' })}>
          {title.bank(bank)} · {bank_account}
        </CardLine>
        <CardLine name={t`Назначение`}>{attempt.description ?? title.paymentType(attempt.payment_type)}</CardLine>
        <CardLine name={t`В банке`}>
          {bank_order_id !== null && <code>{bank_order_id}</code>}
          {rrn !== null && (
            <span className={styles.second}>
              RRN <code>{rrn}</code>
            </span>
          )}
        </CardLine>
      </dl>
    </article>
  )
}
