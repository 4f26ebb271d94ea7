import { useLingui } from '@lingui/react/macro'
import { Button, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ProblemNotice } from '#src/api/problem-notice'
import { type AttemptView, markPostedByHand } from '#src/gen'
import { Dialog } from '#src/ui/dialog'
import { ConflictNotice } from './conflict-notice'
import styles from './dialogs.module.css'
import { RecordedAs } from './recorded-as'
import { useAttemptChange } from './use-attempt-change'

type Props = { attempt: AttemptView; opened: boolean; onClose: () => void; onDone: () => void }
type Values = { document_ref: string; reason: string }

export function ByHandDialog({ opened, onClose, ...rest }: Props) {
  const { t } = useLingui()
  return (
    <Dialog opened={opened} onClose={onClose} title={t`Уже проведён вручную`} size={480}>
      <ByHandForm {...rest} onClose={onClose} />
    </Dialog>
  )
}

function ByHandForm({ attempt, onClose, onDone }: Omit<Props, 'opened'>) {
  const { t } = useLingui()
  const form = useForm<Values>({
    initialValues: { document_ref: '', reason: '' },
    validate: { reason: (value) => (value.trim().length >= 3 ? null : t`Напишите, кто и почему провёл платёж`) },
  })
  const change = useAttemptChange<Values>(
    attempt,
    async ({ document_ref, reason }, expected_version) => {
      const body = { document_ref: document_ref.trim() || null, reason: reason.trim(), expected_version }
      return (await markPostedByHand({ path: { id: attempt.id }, body, throwOnError: true })).data
    },
    onDone,
  )
  return (
    <form className={styles.body} noValidate onSubmit={form.onSubmit((values) => change.run(values))}>
      {change.conflict && <ConflictNotice {...change.conflict} />}
      {change.error && !change.conflict && <ProblemNotice error={change.error} />}
      <p>{t`Сверка больше не будет передавать этот платёж в учётную систему.`}</p>
      <TextInput
        label={t`Номер документа в учётной системе`}
        maxLength={200}
        data-autofocus
        {...form.getInputProps('document_ref')}
      />
      <Textarea
        label={t`Причина`}
        required
        rows={3}
        maxLength={1000}
        placeholder={t`Кто провёл и почему`}
        {...form.getInputProps('reason')}
      />
      <RecordedAs />
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>{t`Отмена`}</Button>
        <Button type="submit" loading={change.isPending}>{t`Отметить`}</Button>
      </div>
    </form>
  )
}
