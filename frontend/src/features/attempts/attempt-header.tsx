import { useLingui } from '@lingui/react/macro'
import { Link, useNavigate, useRouter } from '@tanstack/react-router'
import { BankStatusBadge, CrmStatusBadge } from '#src/api/status-badges'
import type { AttemptView } from '#src/gen/types.gen'
import { useFormat } from '#src/lib/use-format'
import { BackIcon } from '#src/ui/icons'
import styles from './attempt-header.module.css'
import { lastList } from './last-list'

/** The browser's own back when the list is behind it: filters, scroll and row come back by themselves. */
export function useBack() {
  const router = useRouter()
  const navigate = useNavigate()
  return () => {
    if (router.state.location.state.fromList) router.history.back()
    else void navigate({ to: '/payments', search: lastList.search })
  }
}

export function AttemptHeader({ attempt }: { attempt: AttemptView }) {
  const { t } = useLingui()
  const format = useFormat()
  const back = useBack()
  return (
    <div className={styles.header}>
      <Link
        to="/payments"
        search={lastList.search}
        className={styles.back}
        onClick={(event) => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return
          event.preventDefault()
          back()
        }}
      >
        <BackIcon size={14} />
        {t`К списку`}
      </Link>
      <div className={styles.main}>
        <h1 className={styles.title}>
          {attempt.client.name}
          <span className={styles.order}>{t`заказ ${attempt.order_number}`}</span>
        </h1>
        <p className={styles.money}>{format.money(attempt.amount)}</p>
      </div>
      <dl className={styles.statuses}>
        <dt>{t`Статус от банка`}</dt>
        <dd data-testid="bank-status">
          <BankStatusBadge status={attempt.bank_status} />
        </dd>
        <dt>{t`Синхронизировано с CRM`}</dt>
        <dd data-testid="crm-status">
          <CrmStatusBadge status={attempt.crm_status} />
        </dd>
      </dl>
    </div>
  )
}
