import { useLingui } from '@lingui/react/macro'
import { Button, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ProblemNotice } from '#src/api/problem-notice'
import { type ConnectionView, pauseConnection } from '#src/gen'
import { Dialog } from '#src/ui/dialog'
import { showToast } from '#src/ui/toast'
import styles from './connection-page.module.css'
import { adoptConnection } from './queries'

type Props = { connection: ConnectionView; opened: boolean; onClose: () => void }

export function PauseDialog({ opened, ...rest }: Props) {
  const { t } = useLingui()
  return (
    <Dialog opened={opened} onClose={rest.onClose} title={t`Приостановить передачу`} size={460}>
      <PauseForm {...rest} />
    </Dialog>
  )
}

function PauseForm({ connection, onClose }: Omit<Props, 'opened'>) {
  const { t } = useLingui()
  const client = useQueryClient()
  const form = useForm({
    initialValues: { reason: '' },
    validate: { reason: (value) => (value.trim().length >= 3 ? null : t`Напишите, почему передача остановлена`) },
  })
  const pause = useMutation({
    mutationFn: async (reason: string) =>
      (await pauseConnection({ path: { name: connection.name }, body: { reason }, throwOnError: true })).data,
    onSuccess: (fresh) => {
      adoptConnection(client, fresh)
      showToast(t`Передача приостановлена`)
      onClose()
    },
  })
  return (
    <form className={styles.form} noValidate onSubmit={form.onSubmit(({ reason }) => pause.mutate(reason.trim()))}>
      {pause.isError && <ProblemNotice error={pause.error} />}
      <p>{t`Оплаты перестанут передаваться и будут копиться, пока кто-нибудь не возобновит передачу. То, что передаётся в эту минуту, дойдёт до конца.`}</p>
      <Textarea
        label={t`Причина`}
        required
        rows={3}
        maxLength={1000}
        data-autofocus
        placeholder={t`Например: закрываем месяц до 18:00`}
        {...form.getInputProps('reason')}
      />
      <div className={styles.formButtons}>
        <Button variant="default" onClick={onClose}>{t`Отмена`}</Button>
        <Button type="submit" loading={pause.isPending}>{t`Приостановить`}</Button>
      </div>
    </form>
  )
}
