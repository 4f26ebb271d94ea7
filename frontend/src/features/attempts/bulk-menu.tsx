import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState } from 'react'
import { useMayMend } from '#src/api/may-mend'
import type { BulkAction } from '#src/gen/types.gen'
import { showToast } from '#src/ui/toast'
import styles from './bulk-menu.module.css'
import { downloadFound, type ExportFormat } from './download-found'
import type { PaymentsSearch } from './search'

const BulkDialog = lazy(() => import('./bulk-dialog').then((module) => ({ default: module.BulkDialog })))

/** What can be done with everything that the search found. A disclosure, not an ARIA menu. */
export function BulkMenu({ search, found }: { search: PaymentsSearch; found: number }) {
  const { t } = useLingui()
  const mayMend = useMayMend()
  const [open, setOpen] = useState(false)
  const [action, setAction] = useState<BulkAction | null>(null)
  const opener = useRef<HTMLButtonElement>(null)
  const choose = (chosen: BulkAction) => {
    setOpen(false)
    opener.current?.focus()
    setAction(chosen)
  }
  const save = (format: ExportFormat) => {
    setOpen(false)
    opener.current?.focus()
    showToast(t`Готовим файл…`)
    downloadFound(search, format).then(
      () => showToast(t`Файл готов`),
      () => showToast(t`Файл не скачан целиком. Попробуйте ещё раз.`),
    )
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for Esc and the focus leaving
    <div
      className={styles.menu}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && open) {
          setOpen(false)
          opener.current?.focus()
        }
      }}
    >
      <button
        ref={opener}
        type="button"
        className={styles.opener}
        aria-expanded={open}
        aria-controls="bulk"
        onClick={() => setOpen(!open)}
      >
        {t`С найденными`}
      </button>
      {open && (
        <div id="bulk" className={styles.list}>
          {mayMend && (
            <>
              <button type="button" disabled={found === 0} onClick={() => choose('resync')}>
                {t`Синхронизировать найденные…`}
              </button>
              <button type="button" disabled={found === 0} onClick={() => choose('bank_query')}>
                {t`Запросить банк о найденных…`}
              </button>
            </>
          )}
          {(['csv', 'xlsx'] as const).map((format) => (
            <button key={format} type="button" disabled={found === 0} onClick={() => save(format)}>
              {t`Скачать ${format.toUpperCase()}`}
            </button>
          ))}
          <Link to="/bulk-runs" search={{}}>{t`Прошлые массовые действия`}</Link>
        </div>
      )}
      {action !== null && (
        <Suspense>
          <BulkDialog action={action} search={search} found={found} onClose={() => setAction(null)} />
        </Suspense>
      )}
    </div>
  )
}
