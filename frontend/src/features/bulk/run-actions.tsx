import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMayMend } from '#src/api/may-mend'
import { ProblemNotice } from '#src/api/problem-notice'
import { type BulkRunView, startBulkRun, stopBulkRun } from '#src/gen'
import { Dialog } from '#src/ui/dialog'
import { showToast } from '#src/ui/toast'
import styles from './bulk-run-page.module.css'
import { isWorthStarting } from './tally'
import { useRunWords } from './use-run-words'

export function RunActions({ run }: { run: BulkRunView }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const mayMend = useMayMend()
  const [asking, setAsking] = useState(false)
  const stop = useMutation({
    mutationFn: () => stopBulkRun({ path: { id: run.id }, throwOnError: true }),
    onSettled: () => void client.invalidateQueries({ queryKey: ['bulk-runs'] }),
  })
  const worth = isWorthStarting(run)
  if (run.state !== 'running' && !worth) return null
  return (
    <div className={styles.actions}>
      <div className={styles.buttons}>
        {worth && (
          <Button disabled={!mayMend} onClick={() => setAsking(true)}>
            {t`Передать…`}
          </Button>
        )}
        {run.state === 'running' && (
          <Button variant="default" disabled={!mayMend} loading={stop.isPending} onClick={() => stop.mutate()}>
            {t`Остановить`}
          </Button>
        )}
      </div>
      {stop.isError && <ProblemNotice error={stop.error} />}
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t`Передать в учётную систему`} size={460}>
        <StartForm run={run} onClose={() => setAsking(false)} />
      </Dialog>
    </div>
  )
}

function StartForm({ run, onClose }: { run: BulkRunView; onClose: () => void }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const words = useRunWords()
  const start = useMutation({
    mutationFn: async () => (await startBulkRun({ path: { id: run.id }, throwOnError: true })).data,
    onSuccess: (started) => {
      client.setQueryData(['bulk-runs', 'one', started.id], started)
      void client.invalidateQueries({ queryKey: ['bulk-runs', 'list'] })
      onClose()
      showToast(t`Передача началась`)
      void navigate({ to: '/bulk-runs/$id', params: { id: started.id }, search: {} })
    },
  })
  return (
    <div className={styles.form}>
      {start.isError && <ProblemNotice error={start.error} />}
      <p className={styles.outcome}>{words.result(run)}</p>
      <p>{t`Каждая оплата перед передачей проверяется ещё раз: что уже там, свяжется без второго документа, о похожем на дубль спросим человека.`}</p>
      <div className={styles.formButtons}>
        <Button variant="default" onClick={onClose}>{t`Отмена`}</Button>
        <Button data-autofocus loading={start.isPending} onClick={() => start.mutate()}>{t`Передать`}</Button>
      </div>
    </div>
  )
}
