import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import type { Role, UserView } from '#src/gen/types.gen'
import styles from './header.module.css'

const roleWords: Record<Role, MessageDescriptor> = {
  viewer: msg`Наблюдатель`,
  operator: msg`Оператор поддержки`,
  supervisor: msg`Старший оператор`,
  admin: msg`Администратор`,
  integrator: msg`Интегратор`,
}

/** A disclosure, not an ARIA menu: one button under a name needs no arrow keys. */
export function UserMenu({ user, onSignOut }: { user: UserView; onSignOut: () => void }) {
  const { t } = useLingui()
  const [open, setOpen] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only listens for Esc and the focus leaving
    <div
      className={styles.menu}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') setOpen(false)
      }}
    >
      <button type="button" className={styles.user} aria-expanded={open} onClick={() => setOpen(!open)}>
        {user.name}
      </button>
      {open && (
        <div className={styles.dropdown}>
          {user.email !== null && <p>{user.email}</p>}
          <p className="quiet">{t(roleWords[user.role])}</p>
          <button type="button" className={styles.leave} onClick={onSignOut}>{t`Выйти`}</button>
        </div>
      )}
    </div>
  )
}
