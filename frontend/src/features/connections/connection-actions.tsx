import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMaySupervise } from '#src/api/may-mend'
import { ProblemNotice } from '#src/api/problem-notice'
import { type ConnectionView, resumeConnection } from '#src/gen'
import { showToast } from '#src/ui/toast'
import styles from './connection-page.module.css'
import { PauseDialog } from './pause-dialog'
import { adoptConnection } from './queries'

/** Pausing stops everybody's payments, so it is the supervisor's; resuming also ends a stop and a back-off at once. */
export function ConnectionActions({ connection }: { connection: ConnectionView }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const may = useMaySupervise()
  const [pausing, setPausing] = useState(false)
  const { name, state, next_try_at } = connection
  const resume = useMutation({
    mutationFn: async () => (await resumeConnection({ path: { name }, throwOnError: true })).data,
    onSuccess: (fresh) => {
      adoptConnection(client, fresh)
      showToast(t`Передача возобновлена`)
    },
  })
  const resumable = state === 'paused' || state === 'stopped' || (state === 'failing' && next_try_at !== null)
  return (
    <div className={styles.actions}>
      <div className={styles.buttons}>
        {resumable && (
          <Button loading={resume.isPending} disabled={!may} onClick={() => resume.mutate()}>
            {state === 'failing' ? t`Попробовать сейчас` : t`Возобновить`}
          </Button>
        )}
        {state !== 'paused' && (
          <Button variant="default" disabled={!may} onClick={() => setPausing(true)}>
            {t`Приостановить…`}
          </Button>
        )}
      </div>
      {!may && <p className="quiet">{t`Приостановить и возобновить передачу может старший оператор.`}</p>}
      {resume.isError && <ProblemNotice error={resume.error} onRetry={() => resume.mutate()} />}
      <PauseDialog connection={connection} opened={pausing} onClose={() => setPausing(false)} />
    </div>
  )
}
