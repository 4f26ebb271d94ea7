import { useLingui } from '@lingui/react/macro'
import { Link, useRouter } from '@tanstack/react-router'
import { ProblemNotice } from '#src/api/problem-notice'
import styles from './splash.module.css'

/** Shown inside the frame, so that a broken page does not take the navigation with it. */
export function RouteError({ error, reset }: { error: unknown; reset: () => void }) {
  const { t } = useLingui()
  const router = useRouter()
  return (
    <main className={styles.page}>
      <h1>{t`Страница не открылась`}</h1>
      <ProblemNotice
        error={error}
        onRetry={() => {
          reset()
          void router.invalidate()
        }}
      />
    </main>
  )
}

export function NotFoundPage() {
  const { t } = useLingui()
  return (
    <main className={styles.page}>
      <h1>{t`Такой страницы нет`}</h1>
      <Link to="/payments" search={{}}>{t`К списку платежей`}</Link>
    </main>
  )
}
