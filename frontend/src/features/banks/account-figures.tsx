import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import type { BankAccountView } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { Figure, Figures } from '#src/ui/figures'
import { TimeAgo } from '#src/ui/time-ago'

/** The last 24 hours of an account, each number with a way to what it counts. */
export function AccountFigures({ account }: { account: BankAccountView }) {
  const { t } = useLingui()
  const format = useFormat()
  const { lost_24h, rejected_24h, orphans_24h } = account
  const name = { bank: account.bank, account: account.name }
  return (
    <Figures>
      <Figure name={t`Оплачено`} value={format.number(account.paid_24h)} />
      <Figure name={t`Потеряно уведомлений`} value={format.number(lost_24h)} bad={lost_24h > 0}>
        {lost_24h > 0 && (
          <Link
            to="/payments"
            search={{ lost: true, bank: [account.bank], account: [account.name] }}
          >{t`показать`}</Link>
        )}
      </Figure>
      <Figure name={t`Отклонено`} value={format.number(rejected_24h)} bad={rejected_24h > 0}>
        {rejected_24h > 0 ? (
          <Link to="/notifications" search={{ ...name, verdict: ['rejected'] }}>{t`показать`}</Link>
        ) : (
          <When at={account.last_rejected_at} />
        )}
      </Figure>
      <Figure name={t`Без попытки`} value={format.number(orphans_24h)} bad={orphans_24h > 0}>
        {orphans_24h > 0 ? (
          <Link to="/notifications" search={{ ...name, verdict: ['orphan'] }}>{t`показать`}</Link>
        ) : (
          <When at={account.last_orphan_at} />
        )}
      </Figure>
      <Figure
        name={t`Последнее принятое`}
        value={account.last_good_at ? <TimeAgo at={account.last_good_at} /> : t`ещё не было`}
      >
        {account.last_good_at && formatFull(account.last_good_at)}
      </Figure>
      <Figure
        name={t`Последнее любое`}
        value={account.last_notification_at ? <TimeAgo at={account.last_notification_at} /> : t`ещё не было`}
      >
        {account.last_notification_at && formatFull(account.last_notification_at)}
      </Figure>
    </Figures>
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
