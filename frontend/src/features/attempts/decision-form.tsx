import { useLingui } from '@lingui/react/macro'
import { Button, Textarea } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ProblemNotice } from '#src/api/problem-notice'
import { type AttemptView, decide, type HoldView } from '#src/gen'
import { parseLocal } from '#src/lib/period'
import { ConflictNotice } from './conflict-notice'
import type { Decided } from './decision-dialog'
import styles from './dialogs.module.css'
import { choiceWords, sendWords } from './hold-words'
import { inHours } from './postpone'
import { PostponeField } from './postpone-field'
import { RecordedAs } from './recorded-as'
import { useAttemptChange } from './use-attempt-change'
import { useConsequence } from './use-consequence'

type Values = { reason: string; until: string | undefined }
type Props = {
  attempt: AttemptView
  hold: HoldView
  decided: Decided
  onCancel: () => void
  onDone: (text: string) => void
}

const shortestReason = 3

/** What will happen, why, and the button. */
export function DecisionForm({ attempt, hold, decided, onCancel, onDone }: Props) {
  const { t } = useLingui()
  const consequence = useConsequence(attempt, hold)
  const { choice, document, client } = decided
  const form = useForm<Values>({
    initialValues: { reason: '', until: inHours(1) },
    validate: {
      reason: (value) => (value.trim().length >= shortestReason ? null : t`Напишите, почему вы так решили`),
      until: (value) => {
        if (choice !== 'postpone') return null
        const moment = value === undefined ? null : parseLocal(value)
        return moment !== null && moment.date.getTime() > Date.now() ? null : t`Укажите время в будущем`
      },
    },
  })
  const change = useAttemptChange<Values>(
    attempt,
    async ({ reason, until }, expected_version) => {
      const moment = choice === 'postpone' && until !== undefined ? parseLocal(until) : null
      const body = {
        expected_version,
        delivery_id: hold.delivery_id,
        decision: choice,
        document_key: document?.key,
        client_key: client?.key,
        until: moment?.date.toISOString(),
        reason: reason.trim(),
      }
      return (await decide({ path: { id: attempt.id }, body, throwOnError: true })).data
    },
    () => onDone(t`Решение записано`),
  )
  const again = choice === 'send' && hold.documents.length === 0
  return (
    <form className={styles.body} noValidate onSubmit={form.onSubmit((values) => change.run(values))}>
      {change.conflict && <ConflictNotice {...change.conflict} />}
      {change.error && !change.conflict && <ProblemNotice error={change.error} />}
      <p className={styles.outcome}>{consequence(decided)}</p>
      {choice === 'postpone' && (
        <PostponeField
          value={form.values.until}
          error={form.errors.until}
          onChange={(until) => form.setFieldValue('until', until)}
        />
      )}
      <Textarea
        label={t`Причина`}
        required
        rows={3}
        maxLength={1000}
        data-autofocus
        placeholder={t`Например: сверено с журналом администратора`}
        {...form.getInputProps('reason')}
      />
      <RecordedAs />
      <div className={styles.buttons}>
        <Button variant="default" onClick={onCancel}>{t`Отмена`}</Button>
        <Button type="submit" loading={change.isPending}>
          {t(again ? sendWords.again : choiceWords[choice])}
        </Button>
      </div>
    </form>
  )
}
