import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useTitles } from '#src/api/reference'
import type { BankAccountView } from '#src/gen/types.gen'
import { CopyButton } from '#src/ui/copy-button'
import { Notice } from '#src/ui/notice'
import { AbilityList } from './abilities'
import { AccountFigures } from './account-figures'
import styles from './bank-accounts-page.module.css'
import { HealthBadge } from './health-badge'
import { IncidentBanner } from './incident-banner'
import { alarmWords } from './words'

export function BankAccountCard({ account }: { account: BankAccountView }) {
  const { t } = useLingui()
  const title = useTitles()
  const name = `${title.bank(account.bank)} · ${account.name}`
  return (
    <section className={styles.card} aria-label={name}>
      <div className={styles.head}>
        <h2 className={styles.name}>
          {title.bank(account.bank)} <span className="quiet">· {account.name}</span>
        </h2>
        <span className="quiet">{title.merchant(account.merchant)}</span>
        <span className={styles.state}>
          <HealthBadge account={account} />
        </span>
      </div>
      <IncidentBanner account={account} />
      {account.alarms.map((alarm) => (
        <Notice key={alarm} tone="bad" title={t(alarmWords[alarm].title)}>
          <p>{t(alarmWords[alarm].advice)}</p>
        </Notice>
      ))}
      <div className={styles.address}>
        <span className="quiet">{t`Адрес уведомлений`}</span>
        <code>{account.callback_url}</code>
        <CopyButton value={account.callback_url} label={t`Скопировать адрес уведомлений`} />
        <Link
          to="/bank-accounts/$bank/$account"
          params={{ bank: account.bank, account: account.name }}
          className={styles.check}
          aria-label={t`Проверить уведомления: ${name}`}
        >
          {t`Проверить уведомления`}
        </Link>
      </div>
      <AbilityList abilities={account.abilities} />
      <div className={styles.figures}>
        <AccountFigures account={account} />
      </div>
    </section>
  )
}
