import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { BackIcon, NextIcon } from '#src/ui/icons'
import styles from './pager.module.css'
import type { PaymentsSearch } from './search'

type Props = { search: PaymentsSearch; nextCursor: string | null; onGo: (search: PaymentsSearch) => void }

export function Pager({ search, nextCursor, onGo }: Props) {
  const { t } = useLingui()
  const { after = [], ...filters } = search
  const page = after.length + 1
  const previous = after.length > 1 ? { ...filters, after: after.slice(0, -1) } : filters
  return (
    <nav className={styles.pager} aria-label={t`Страницы`}>
      <ActionIcon
        variant="default"
        size={26}
        aria-label={t`Предыдущая страница`}
        disabled={after.length === 0}
        onClick={() => onGo(previous)}
      >
        <BackIcon size={14} />
      </ActionIcon>
      <span>{t`Страница ${page}`}</span>
      <ActionIcon
        variant="default"
        size={26}
        aria-label={t`Следующая страница`}
        disabled={nextCursor === null}
        onClick={() => nextCursor !== null && onGo({ ...filters, after: [...after, nextCursor] })}
      >
        <NextIcon size={14} />
      </ActionIcon>
    </nav>
  )
}
