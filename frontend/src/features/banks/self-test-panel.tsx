import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMayMend } from '#src/api/may-mend'
import { ProblemNotice } from '#src/api/problem-notice'
import { testCallbacks } from '#src/gen'
import type { CallbackCheckView, SelfTestView } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { Notice } from '#src/ui/notice'
import { TimeAgo } from '#src/ui/time-ago'
import styles from './callback-check-page.module.css'
import { selfTestWords } from './self-test-words'

type Props = {
  check: CallbackCheckView
  /** Sverka has the key that this bank's notifications are signed with. */
  signs: boolean
}

export function SelfTestPanel({ check, signs }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const mayMend = useMayMend()
  const { bank, bank_account } = check
  const test = useMutation({
    mutationFn: async () => (await testCallbacks({ path: { bank, bank_account }, throwOnError: true })).data,
    onSettled: () => void client.invalidateQueries({ queryKey: ['callback-check', bank, bank_account] }),
  })
  const result = test.data ?? check.last_self_test
  return (
    <section className={styles.panel} aria-labelledby="self-test">
      <div className={styles.panelHead}>
        <h2 id="self-test">{t`Самопроверка`}</h2>
        <Button loading={test.isPending} disabled={!mayMend} onClick={() => test.mutate()}>
          {t`Отправить пробное уведомление`}
        </Button>
      </div>
      <p className="quiet">
        {signs
          ? t`Сверка подпишет уведомление, как банк, отправит его себе по публичному адресу и посмотрит, дошло ли оно. На платежи это не влияет.`
          : t`Подпись этого банка может поставить только он сам, поэтому проверим лишь путь: Сверка отправит себе уведомление по публичному адресу и посмотрит, дошло ли оно.`}
      </p>
      {test.isError && <ProblemNotice error={test.error} onRetry={() => test.mutate()} />}
      <div aria-live="polite">{result && !test.isPending && <Result result={result} />}</div>
    </section>
  )
}

function Result({ result }: { result: SelfTestView }) {
  const { t } = useLingui()
  const format = useFormat()
  const words = selfTestWords[result.code]
  return (
    <Notice tone={words.tone} title={t(words.text)}>
      <p>{t(words.next)}</p>
      {!result.signed && result.arrived && <p>{t`Проверен только путь: подписать уведомление за этот банк нечем.`}</p>}
      {result.detail !== null && <p className={styles.detail}>{result.detail}</p>}
      <p className="row-gap quiet">
        <time dateTime={result.at} title={formatFull(result.at)}>
          <TimeAgo at={result.at} />
        </time>
        <span>{t`за ${format.number(result.took_ms)} мс`}</span>
        {result.http_status !== null && <span>HTTP {result.http_status}</span>}
        <code className={styles.sentTo}>{result.sent_to}</code>
        {result.notification_id !== null && (
          <Link to="/notifications/$id" params={{ id: result.notification_id }}>{t`уведомление`}</Link>
        )}
      </p>
    </Notice>
  )
}
