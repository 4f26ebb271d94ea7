import { useLingui } from '@lingui/react/macro'
import { Outlet, useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useSession } from '#src/api/session'
import { useShortcuts } from '#src/lib/keyboard'
import { Header } from './header'
import styles from './layout.module.css'
import { ShortcutsDialog } from './shortcuts-dialog'

export function Layout() {
  const { t } = useLingui()
  const session = useSession()
  const router = useRouter()
  const navigate = useNavigate()
  const [help, setHelp] = useState(false)
  useShortcuts({ 'Shift+Slash': () => setHelp(true), 'Shift+Digit7': () => setHelp(true) })

  // The session can end in the middle of any request, outside of a navigation.
  useEffect(() => {
    if (session.status === 'signed-out') {
      void navigate({ to: '/sign-in', search: { redirect: router.state.location.href }, replace: true })
    }
  }, [session.status, navigate, router])

  return (
    <>
      <a href="#main" className={styles.skip}>{t`К содержимому`}</a>
      <Header onHelp={() => setHelp(true)} />
      <main id="main" tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <ShortcutsDialog opened={help} onClose={() => setHelp(false)} />
    </>
  )
}
