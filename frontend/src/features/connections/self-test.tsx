import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useMayMend } from '#src/api/may-mend'
import { ProblemNotice } from '#src/api/problem-notice'
import { type ConnectionView, testConnection } from '#src/gen'
import type { CheckView } from '#src/gen/types.gen'
import { Badge } from '#src/ui/badge'
import { TimeAgo } from '#src/ui/time-ago'
import styles from './connection-page.module.css'
import { checkWords, outcomeWords } from './words'

/** Everything that can be tried without changing anything over there, line by line, with what to do about each failure. */
export function SelfTest({ connection }: { connection: ConnectionView }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const mayMend = useMayMend()
  const { name } = connection
  const test = useMutation({
    mutationFn: async () => (await testConnection({ path: { name }, throwOnError: true })).data,
    onSettled: () => void client.invalidateQueries({ queryKey: ['connections'] }),
  })
  const result = test.data ?? connection.self_test
  return (
    <section className={styles.box} aria-labelledby="self-test">
      <div className={styles.boxHead}>
        <h2 id="self-test">{t`Самопроверка`}</h2>
        <Button variant="default" loading={test.isPending} disabled={!mayMend} onClick={() => test.mutate()}>
          {t`Проверить`}
        </Button>
      </div>
      {result === null && !test.isPending && (
        <p className="quiet">{t`Проверит адрес, вход, поля и поиск. В учётной системе ничего не изменится.`}</p>
      )}
      {test.isError && <ProblemNotice error={test.error} onRetry={() => test.mutate()} />}
      {result !== null && (
        <div aria-live="polite" aria-busy={test.isPending} data-dimmed={test.isPending}>
          <ul className={styles.checks}>
            {result.checks.map((check) => (
              <CheckLine key={check.kind} check={check} />
            ))}
          </ul>
          <p className={`${styles.checked} quiet`}>
            {result.passed ? t`Всё исправно, проверено` : t`Есть неисправности, проверено`} <TimeAgo at={result.at} />
          </p>
        </div>
      )}
    </section>
  )
}

function CheckLine({ check: { kind, outcome, detail } }: { check: CheckView }) {
  const { t } = useLingui()
  const words = checkWords[kind]
  const { label, tone, shape } = outcomeWords[outcome]
  return (
    <li className={styles.check} data-outcome={outcome}>
      <p className={styles.checkTitle}>
        <span>{t(words.title)}</span>
        <Badge tone={tone} shape={shape}>
          {t(label)}
        </Badge>
      </p>
      {detail !== null && <p className={styles.detail}>{detail}</p>}
      {outcome === 'failed' && <p className={styles.advice}>{t(words.advice)}</p>}
    </li>
  )
}
