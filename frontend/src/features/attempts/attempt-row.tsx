import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useTitles } from '#src/api/reference'
import { BankStatusBadge, CrmStatusBadge } from '#src/api/status-badges'
import type { AttemptView } from '#src/gen/types.gen'
import { formatPhone } from '#src/lib/phone'
import { formatFull, formatShort } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { AlertIcon, LostIcon } from '#src/ui/icons'
import styles from './attempt-table.module.css'
import { lastList } from './last-list'

/** The link of the client's name covers the row: one tab stop a row, and the middle button opens a tab. */
export function AttemptRow({ attempt, gone }: { attempt: AttemptView; gone: boolean }) {
  const { t } = useLingui()
  const format = useFormat()
  const title = useTitles()
  return (
    <tr className={styles.row} data-gone={gone} title={gone ? t`Больше не подходит под фильтры` : undefined}>
      <td className={styles.flag}>
        <Flag attempt={attempt} />
      </td>
      <td className={styles.time} title={formatFull(attempt.created_at)}>
        {formatShort(attempt.created_at)}
      </td>
      <td className={styles.client}>
        <Link
          to="/payments/$id"
          params={{ id: attempt.id }}
          state={{ fromList: true }}
          className={styles.link}
          data-row-link=""
          data-attempt={attempt.id}
          ref={(link: HTMLAnchorElement | null) => {
            // Back from an attempt: the focus returns to the row it was opened from.
            if (link === null || lastList.attemptId !== attempt.id) return
            lastList.attemptId = null
            link.focus({ preventScroll: true })
          }}
        >
          {attempt.client.name}
        </Link>
      </td>
      <td className={styles.phone}>{attempt.client.phone ? formatPhone(attempt.client.phone) : '—'}</td>
      <td className={styles.order} title={attempt.order_number}>
        {attempt.order_number}
      </td>
      <td className={styles.type}>{title.paymentType(attempt.payment_type)}</td>
      <td className={styles.bank}>{title.bank(attempt.bank)}</td>
      <td className={styles.money}>{format.money(attempt.amount)}</td>
      <td className={styles.status}>
        <BankStatusBadge status={attempt.bank_status} />
      </td>
      <td className={styles.crm}>
        <CrmStatusBadge status={attempt.crm_status} />
      </td>
    </tr>
  )
}

function Flag({ attempt }: { attempt: AttemptView }) {
  const { t } = useLingui()
  if (attempt.needs_attention) {
    return (
      <span className={styles.attention} title={t`Требует внимания`}>
        <AlertIcon size={14} />
        <span className="visually-hidden">{t`Требует внимания`}</span>
      </span>
    )
  }
  if (!attempt.lost_callback) return null
  return (
    <span className={styles.lost} title={t`Потерянное уведомление`}>
      <LostIcon size={14} />
      <span className="visually-hidden">{t`Потерянное уведомление`}</span>
    </span>
  )
}
