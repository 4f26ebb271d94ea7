import { useLingui } from '@lingui/react/macro'
import { Button, Radio, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ProblemNotice } from '#src/api/problem-notice'
import { BankStatusBadge } from '#src/api/status-badges'
import { type AttemptView, type BankStatus, overrideStatus } from '#src/gen'
import { ConflictNotice } from './conflict-notice'
import styles from './dialogs.module.css'
import { overrideConsequences } from './override-words'
import { RecordedAs } from './recorded-as'
import { BankStatusMove } from './status-change'
import { useAttemptChange } from './use-attempt-change'

type Values = { bank_status: BankStatus | ''; reason: string; evidence: string }
type Props = { attempt: AttemptView; waiting: boolean; onCancel: () => void; onDone: () => void }

const shortestReason = 10

export function OverrideForm({ attempt, waiting, onCancel, onDone }: Props) {
  const { t } = useLingui()
  const options = attempt.override_options
  const form = useForm<Values>({
    initialValues: { bank_status: '', reason: '', evidence: '' },
    validate: {
      bank_status: (value) => (value !== '' && options.includes(value) ? null : t`Выберите новый статус`),
      reason: (value) =>
        value.trim().length >= shortestReason ? null : t`Напишите причину, не короче ${shortestReason} знаков`,
    },
  })
  const change = useAttemptChange<Values>(
    attempt,
    async ({ bank_status, reason, evidence }, expected_version) => {
      if (bank_status === '') throw new Error('the form is sent only when a status is chosen')
      const body = { bank_status, reason: reason.trim(), evidence: evidence.trim() || null, expected_version }
      return (await overrideStatus({ path: { id: attempt.id }, body, throwOnError: true })).data
    },
    onDone,
  )
  const chosen = form.values.bank_status
  return (
    <form className={styles.body} noValidate onSubmit={form.onSubmit((values) => change.run(values))}>
      {change.conflict && <ConflictNotice {...change.conflict} />}
      {change.error && !change.conflict && <ProblemNotice error={change.error} />}
      <Radio.Group label={t`Новый статус от банка`} {...form.getInputProps('bank_status')}>
        <div className={styles.choices}>
          {options.map((status) => (
            <Radio size="xs" key={status} value={status} label={<BankStatusBadge status={status} />} />
          ))}
        </div>
      </Radio.Group>
      <Textarea
        label={t`Причина`}
        required
        rows={3}
        maxLength={1000}
        placeholder={t`Например: платёж виден в кабинете банка, уведомление не пришло`}
        {...form.getInputProps('reason')}
      />
      <TextInput
        label={t`Подтверждение (необязательно)`}
        placeholder={t`Номер операции в кабинете банка, обращение клиента`}
        maxLength={500}
        {...form.getInputProps('evidence')}
      />
      {chosen !== '' && (
        <div className={styles.outcome}>
          <BankStatusMove from={attempt.bank_status} to={chosen} />
          <p>{t(overrideConsequences[chosen])}</p>
        </div>
      )}
      <RecordedAs />
      <div className={styles.buttons}>
        <Button variant="default" onClick={onCancel}>{t`Отмена`}</Button>
        <Button type="submit" loading={change.isPending} disabled={waiting}>
          {change.conflict ? t`Изменить поверх нового` : t`Изменить статус`}
        </Button>
      </div>
    </form>
  )
}
