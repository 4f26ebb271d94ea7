import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Tooltip } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { signOut, useSession } from '#src/api/session'
import { KeyboardIcon } from '#src/ui/icons'
import { HeldCount, TroubledConnections } from './accounting-badges'
import styles from './header.module.css'
import { LanguageSwitch } from './language-switch'
import { OpenIncidents } from './open-incidents'
import { SchemeSwitch } from './scheme-switch'
import { UserMenu } from './user-menu'

export function Header({ onHelp }: { onHelp: () => void }) {
  const { t } = useLingui()
  const { user } = useSession()
  const queries = useQueryClient()
  const leave = async () => {
    // Nobody's payments stay in memory for the next person at this computer.
    await signOut().finally(() => queries.clear())
  }
  return (
    <header className={styles.header}>
      <Link to="/payments" search={{}} className={styles.logo} aria-label={t`Сверка, к списку платежей`}>
        <svg width="18" height="18" viewBox="0 0 16 16" aria-hidden="true">
          <rect width="16" height="16" rx="3" fill="var(--accent)" />
          <path d="M4 8.2l2.6 2.6L12 5.4" fill="none" stroke="var(--bg)" strokeWidth="1.8" strokeLinecap="square" />
        </svg>
        {t`Сверка`}
      </Link>
      <nav className={styles.nav} aria-label={t`Разделы`}>
        <Link
          to="/payments"
          search={{}}
          className={styles.item}
          activeProps={{ 'aria-current': 'page' }}
          activeOptions={{ includeSearch: false }}
        >
          Orders – {t`Платежи`}
        </Link>
        <Link to="/bank-accounts" className={styles.item} activeProps={{ 'aria-current': 'page' }}>
          {t`Эквайринг`}
        </Link>
        <Link
          to="/incidents"
          search={{}}
          className={styles.item}
          activeProps={{ 'aria-current': 'page' }}
          activeOptions={{ includeSearch: false }}
        >
          {t`Инциденты`} <OpenIncidents />
        </Link>
        <Link
          to="/registries"
          search={{}}
          className={styles.item}
          activeProps={{ 'aria-current': 'page' }}
          activeOptions={{ includeSearch: false }}
        >
          {t`Реестры`}
        </Link>
        <Link
          to="/notifications"
          search={{}}
          className={styles.item}
          activeProps={{ 'aria-current': 'page' }}
          activeOptions={{ includeSearch: false }}
        >
          {t`Уведомления`}
        </Link>
        <Link to="/connections" className={styles.item} activeProps={{ 'aria-current': 'page' }}>
          {t`Учётные системы`} <TroubledConnections />
        </Link>
        <Link
          to="/holds"
          search={{}}
          className={styles.item}
          activeProps={{ 'aria-current': 'page' }}
          activeOptions={{ includeSearch: false }}
        >
          {t`Ждут решения`} <HeldCount />
        </Link>
      </nav>
      <div className={styles.tools}>
        <Tooltip label={t`Клавиши (?)`}>
          <ActionIcon
            className={styles.keys}
            variant="subtle"
            color="gray"
            size={28}
            aria-label={t`Клавиши`}
            onClick={onHelp}
          >
            <KeyboardIcon />
          </ActionIcon>
        </Tooltip>
        <SchemeSwitch />
        <LanguageSwitch />
        {user !== null && <UserMenu user={user} onSignOut={() => void leave()} />}
      </div>
    </header>
  )
}
