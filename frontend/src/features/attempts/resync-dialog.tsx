import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { ProblemNotice } from '#src/api/problem-notice'
import { type AttemptView, resync } from '#src/gen'
import { useFormat } from '#src/lib/use-format'
import { Dialog } from '#src/ui/dialog'
import { ConflictNotice } from './conflict-notice'
import styles from './dialogs.module.css'
import { useAttemptChange } from './use-attempt-change'

type Props = { attempt: AttemptView; opened: boolean; onClose: () => void; onDone: () => void }

export function ResyncDialog({ opened, onClose, ...rest }: Props) {
  const { t } = useLingui()
  return (
    <Dialog opened={opened} onClose={onClose} title={t`Синхронизировать с CRM`} size={420}>
      <ResyncForm {...rest} onClose={onClose} />
    </Dialog>
  )
}

function ResyncForm({ attempt, onClose, onDone }: Omit<Props, 'opened'>) {
  const { t } = useLingui()
  const format = useFormat()
  const change = useAttemptChange<void>(
    attempt,
    async (_, expected_version) =>
      (await resync({ path: { id: attempt.id }, body: { expected_version }, throwOnError: true })).data,
    onDone,
  )
  const sum = format.money(attempt.amount)
  return (
    <div className={styles.body}>
      {change.conflict && <ConflictNotice {...change.conflict} />}
      {change.error && !change.conflict && <ProblemNotice error={change.error} />}
      <p>{t`Платёж ${attempt.order_number} на ${sum} будет передан в учётную систему сейчас. Если он там уже есть, второй раз не проведётся.`}</p>
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>{t`Отмена`}</Button>
        <Button data-autofocus loading={change.isPending} onClick={() => change.run()}>{t`Синхронизировать`}</Button>
      </div>
    </div>
  )
}
