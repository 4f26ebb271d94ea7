import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Menu } from '@mantine/core'
import type { Role, UserView } from '#src/gen/types.gen'
import styles from './header.module.css'

const roleWords: Record<Role, MessageDescriptor> = {
  viewer: msg`Наблюдатель`,
  operator: msg`Оператор поддержки`,
  supervisor: msg`Старший оператор`,
  admin: msg`Администратор`,
  integrator: msg`Интегратор`,
}

export function UserMenu({ user, onSignOut }: { user: UserView; onSignOut: () => void }) {
  const { t } = useLingui()
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className={styles.user}>
          {user.name}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={styles.who} role="presentation">
          <p>{user.email}</p>
          <p className="quiet">{t(roleWords[user.role])}</p>
        </div>
        <Menu.Item onClick={onSignOut}>{t`Выйти`}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
