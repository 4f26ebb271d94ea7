import { useLingui } from '@lingui/react/macro'
import { ActionIcon } from '@mantine/core'
import { BackIcon, NextIcon } from '#src/ui/icons'
import styles from './pager.module.css'

type Props = {
  /** Cursors of the pages already turned: the last one is the page on the screen. */
  after?: ReadonlyArray<string>
  nextCursor: string | null
  onGo: (after: string[] | undefined) => void
}

export function Pager({ after = [], nextCursor, onGo }: Props) {
  const { t } = useLingui()
  const page = after.length + 1
  return (
    <nav className={styles.pager} aria-label={t`Страницы`}>
      <ActionIcon
        variant="default"
        size={26}
        aria-label={t`Предыдущая страница`}
        disabled={after.length === 0}
        onClick={() => onGo(after.length > 1 ? after.slice(0, -1) : undefined)}
      >
        <BackIcon size={14} />
      </ActionIcon>
      <span>{t`Страница ${page}`}</span>
      <ActionIcon
        variant="default"
        size={26}
        aria-label={t`Следующая страница`}
        disabled={nextCursor === null}
        onClick={() => nextCursor !== null && onGo([...after, nextCursor])}
      >
        <NextIcon size={14} />
      </ActionIcon>
    </nav>
  )
}
