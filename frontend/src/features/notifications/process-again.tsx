import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMayMend } from '#src/api/may-mend'
import { ProblemNotice } from '#src/api/problem-notice'
import { VerdictBadge } from '#src/api/status-badges'
import { processNotification } from '#src/gen'
import type { NotificationDetail, ProcessedAgainView } from '#src/gen/types.gen'
import { Notice } from '#src/ui/notice'
import styles from './notification-page.module.css'

/** For when the secret was mended, or the attempt recorded, after the notification had come. */
export function ProcessAgain({ notification }: { notification: NotificationDetail }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const mayMend = useMayMend()
  const again = useMutation({
    mutationFn: async () => (await processNotification({ path: { id: notification.id }, throwOnError: true })).data,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['notifications'] })
      void client.invalidateQueries({ queryKey: ['attempt'] })
    },
  })
  return (
    <section className={styles.again} aria-label={t`Обработать ещё раз`}>
      <div className={styles.againLine}>
        <Button loading={again.isPending} disabled={!mayMend} onClick={() => again.mutate()}>
          {t`Обработать ещё раз`}
        </Button>
        <span className="quiet">{t`Так, будто оно пришло только что: если секрет исправили или попытку записали позже.`}</span>
      </div>
      {again.isError && <ProblemNotice error={again.error} />}
      {again.isSuccess && <Outcome result={again.data} />}
    </section>
  )
}

function Outcome({ result }: { result: ProcessedAgainView }) {
  const { t } = useLingui()
  return (
    <Notice
      tone={result.changed ? 'good' : 'mute'}
      role="status"
      title={result.changed ? t`Обработано, платёж изменился` : t`Обработано, ничего не изменилось`}
    >
      <p className="row-gap">
        <VerdictBadge verdict={result.notification.verdict} />
        {result.attempt_id !== null && (
          <Link to="/payments/$id" params={{ id: result.attempt_id }}>{t`попытка оплаты`}</Link>
        )}
      </p>
    </Notice>
  )
}
