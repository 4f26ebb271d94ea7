import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ProblemNotice } from '#src/api/problem-notice'
import { useTitles } from '#src/api/reference'
import { BackMark, backLinkClass } from '#src/ui/back-link'
import { Page } from '#src/ui/page'
import { AbilityList } from './abilities'
import { AccountFigures } from './account-figures'
import { CallbackAddress } from './callback-address'
import styles from './callback-check-page.module.css'
import { HealthBadge } from './health-badge'
import { IncidentBanner } from './incident-banner'
import { LastNotifications } from './last-notifications'
import { bankAccountsQuery, callbackCheckQuery } from './queries'
import { ResendPanel } from './resend-panel'
import { SelfTestPanel } from './self-test-panel'

const route = getRouteApi('/_app/bank-accounts/$bank/$account')

/** Why do this bank's notifications not come? From the address to a trial notification. */
export function CallbackCheckPage() {
  const { t } = useLingui()
  const { bank, account: name } = route.useParams()
  const title = useTitles()
  const check = useQuery(callbackCheckQuery(bank, name))
  const accounts = useQuery(bankAccountsQuery())
  const account = accounts.data?.find((one) => one.bank === bank && one.name === name)
  const heading = `${title.bank(bank)} · ${name}`
  return (
    <Page
      title={heading}
      heading={heading}
      back={
        <Link to="/bank-accounts" className={backLinkClass}>
          <BackMark>{t`Эквайринг`}</BackMark>
        </Link>
      }
      aside={account && <HealthBadge account={account} />}
    >
      {account && <IncidentBanner account={account} />}
      {check.isError && <ProblemNotice error={check.error} onRetry={() => void check.refetch()} />}
      {check.isPending && <Skeleton height={420} />}
      {check.data && (
        <div className={styles.columns}>
          <div className={styles.column}>
            <CallbackAddress check={check.data} />
            <SelfTestPanel check={check.data} signs={account?.abilities.self_test ?? true} />
            {account?.abilities.resends && <ResendPanel bank={bank} account={name} />}
          </div>
          <div className={styles.column}>
            <section className={styles.panel} aria-labelledby="last">
              <div className={styles.panelHead}>
                <h2 id="last">{t`Последние уведомления`}</h2>
                <Link to="/notifications" search={{ bank, account: name }}>{t`все`}</Link>
              </div>
              <LastNotifications check={check.data} />
            </section>
            {account && (
              <section className={styles.panel} aria-labelledby="day">
                <h2 id="day">{t`За 24 часа`}</h2>
                <AccountFigures account={account} />
                <AbilityList abilities={account.abilities} />
              </section>
            )}
          </div>
        </div>
      )}
    </Page>
  )
}
