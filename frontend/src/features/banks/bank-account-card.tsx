import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTitles } from '#src/api/reference'
import type { BankAccountView } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { Badge } from '#src/ui/badge'
import { CopyButton } from '#src/ui/copy-button'
import { Notice } from '#src/ui/notice'
import { TimeAgo } from '#src/ui/time-ago'
import styles from './bank-accounts-page.module.css'
import { alarmWords } from './words'

export function BankAccountCard({ account }: { account: BankAccountView }) {
  const { t } = useLingui()
  const title = useTitles()
  return (
    <section className={styles.card} aria-label={`${title.bank(account.bank)} · ${account.name}`}>
      <div className={styles.head}>
        <h2 className={styles.name}>
          {title.bank(account.bank)} <span className="quiet">· {account.name}</span>
        </h2>
        <span className="quiet">{title.merchant(account.merchant)}</span>
        <span className={styles.state}>
          <Health account={account} />
        </span>
      </div>
      {account.alarms.map((alarm) => (
        <Notice key={alarm} tone="bad" title={t(alarmWords[alarm].title)}>
          <p>{t(alarmWords[alarm].advice)}</p>
        </Notice>
      ))}
      <p className={styles.address}>
        <span className="quiet">{t`Адрес уведомлений`}</span>
        <code>{account.callback_url}</code>
        <CopyButton value={account.callback_url} label={t`Скопировать адрес уведомлений`} />
      </p>
      <Counters account={account} />
    </section>
  )
}

function Health({ account }: { account: BankAccountView }) {
  const { t } = useLingui()
  if (account.alarms.length > 0) {
    return <Badge tone="bad" shape="square">{t`Есть тревоги`}</Badge>
  }
  // Silence of an account that has never spoken is not yet news.
  if (!account.last_notification_at) return <Badge tone="mute" shape="ring">{t`Уведомлений ещё не было`}</Badge>
  return <Badge tone="good">{t`Уведомления приходят`}</Badge>
}

function Counters({ account }: { account: BankAccountView }) {
  const { t } = useLingui()
  const format = useFormat()
  const { lost_24h, rejected_24h, orphans_24h } = account
  return (
    <dl className={styles.counters}>
      <Counter name={t`Оплачено`} value={format.number(account.paid_24h)} />
      <Counter name={t`Потеряно уведомлений`} value={format.number(lost_24h)} bad={lost_24h > 0}>
        {lost_24h > 0 && (
          <Link
            to="/payments"
            search={{ lost: true, bank: [account.bank], account: [account.name] }}
          >{t`показать`}</Link>
        )}
      </Counter>
      <Counter name={t`Отклонено`} value={format.number(rejected_24h)} bad={rejected_24h > 0}>
        <When at={account.last_rejected_at} />
      </Counter>
      <Counter name={t`Без попытки`} value={format.number(orphans_24h)} bad={orphans_24h > 0}>
        <When at={account.last_orphan_at} />
      </Counter>
      <Counter
        name={t`Последнее принятое`}
        value={account.last_good_at ? <TimeAgo at={account.last_good_at} /> : t`ещё не было`}
      >
        {account.last_good_at && formatFull(account.last_good_at)}
      </Counter>
      <Counter
        name={t`Последнее любое`}
        value={account.last_notification_at ? <TimeAgo at={account.last_notification_at} /> : t`ещё не было`}
      >
        {account.last_notification_at && formatFull(account.last_notification_at)}
      </Counter>
    </dl>
  )
}

function When({ at }: { at?: string | null }) {
  const { t } = useLingui()
  if (!at) return null
  return (
    <>
      {t`последнее`} <TimeAgo at={at} />
    </>
  )
}

type CounterProps = { name: string; value: ReactNode; bad?: boolean; children?: ReactNode }

function Counter({ name, value, bad = false, children }: CounterProps) {
  return (
    <div className={styles.counter}>
      <dt>{name}</dt>
      <dd className={styles.value} data-bad={bad}>
        {value}
      </dd>
      {children && <dd className={styles.more}>{children}</dd>}
    </div>
  )
}
