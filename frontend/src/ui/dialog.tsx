import { useLingui } from '@lingui/react/macro'
import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'

type Props = { opened: boolean; onClose: () => void; title: string; size?: number; children: ReactNode }

/** Focus goes in, stays in, and returns; Esc closes. */
export function Dialog({ opened, onClose, title, size = 520, children }: Props) {
  const { t } = useLingui()
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={size} closeButtonProps={{ 'aria-label': t`Закрыть` }}>
      {children}
    </Modal>
  )
}
