import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ProblemNotice } from '#src/api/problem-notice'
import { useTitles } from '#src/api/reference'
import { VerdictBadge } from '#src/api/status-badges'
import type { NotificationDetail } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import { BackMark, backLinkClass } from '#src/ui/back-link'
import { Fact, FactGroup, Facts, OwnId } from '#src/ui/facts'
import { Page } from '#src/ui/page'
import { AsItCame } from './as-it-came'
import styles from './notification-page.module.css'
import { ProcessAgain } from './process-again'
import { notificationQuery } from './queries'
import { Reading } from './reading'

const route = getRouteApi('/_app/notifications/$id')

export function NotificationPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery(notificationQuery(id))
  if (query.data !== undefined) return <Notification notification={query.data} />
  return (
    <Page title={t`Уведомление`}>
      {query.isError ? (
        <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton height={360} />
      )}
    </Page>
  )
}

function Notification({ notification }: { notification: NotificationDetail }) {
  const { t } = useLingui()
  const title = useTitles()
  const { bank, bank_account, order_number } = notification
  return (
    <Page
      title={t`Уведомление`}
      heading={t`Уведомление от ${formatFull(notification.received_at)}`}
      aside={<VerdictBadge verdict={notification.verdict} />}
      back={
        <Link to="/notifications" search={{ bank, account: bank_account }} className={backLinkClass}>
          <BackMark>{t`Уведомления`}</BackMark>
        </Link>
      }
    >
      <div className={styles.columns}>
        <div className={styles.main}>
          <Reading notification={notification} />
          {notification.raw_dropped_at === null && <ProcessAgain notification={notification} />}
          <AsItCame notification={notification} />
        </div>
        <Facts label={t`Сведения`}>
          <FactGroup name={t`Чьё`}>
            <Fact name={t({ message: 'Эквайринг', context: 'one account' })}>
              <Link to="/bank-accounts/$bank/$account" params={{ bank, account: bank_account }}>
                {title.bank(bank)} · {bank_account}
              </Link>
            </Fact>
            <Fact name={t`Номер заказа`} copy={order_number}>
              {order_number}
            </Fact>
            <Fact name={t`Номер в банке`} copy={notification.bank_order_id}>
              {notification.bank_order_id && <code>{notification.bank_order_id}</code>}
            </Fact>
            <Fact name={t`Попытка`}>
              {notification.attempt_id === null ? (
                <span className="quiet">{t`не найдена`}</span>
              ) : (
                <Link to="/payments/$id" params={{ id: notification.attempt_id }}>{t`открыть`}</Link>
              )}
            </Fact>
          </FactGroup>
          <FactGroup name={t`Как пришло`}>
            <Fact name={t`Когда`}>{formatFull(notification.received_at)}</Fact>
            <Fact name={t`Метод`}>{notification.method}</Fact>
            <Fact name={t`С адреса`} copy={notification.remote_addr}>
              {notification.remote_addr && <code>{notification.remote_addr}</code>}
            </Fact>
            <Fact name={t`Повторов`}>{notification.repeats > 0 ? notification.repeats : null}</Fact>
          </FactGroup>
          <OwnId id={notification.id} copyLabel={t`Скопировать номер уведомления`} />
        </Facts>
      </div>
    </Page>
  )
}
