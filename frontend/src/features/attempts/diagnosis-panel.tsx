import { useLingui } from '@lingui/react/macro'
import type { AttemptView } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import { TimeAgo } from '#src/ui/time-ago'
import styles from './diagnosis-panel.module.css'
import { diagnosisWords, nextStepWords } from './diagnosis-words'

/** Why the payment is (not) in the accounting system, in one sentence; then what to do about it. */
export function DiagnosisPanel({ attempt }: { attempt: AttemptView }) {
  const { t } = useLingui()
  const { code, detail, since, next_steps, next_try_at } = attempt.diagnosis
  const words = diagnosisWords[code]
  return (
    <div className={styles.panel} data-tone={words.tone}>
      <div className={styles.head}>
        <h2 className={styles.sentence}>{t(words.text)}</h2>
        <p className={styles.times}>
          <span title={formatFull(since)}>
            {t`с`} {formatFull(since)} (<TimeAgo at={since} />)
          </span>
          {next_try_at && (
            <span>
              {t`Сверка повторит`} {formatFull(next_try_at)} (<TimeAgo at={next_try_at} />)
            </span>
          )}
        </p>
      </div>
      {detail && <blockquote className={styles.detail}>{detail}</blockquote>}
      {attempt.lost_callback && (
        <p
          className={styles.lost}
        >{t`Потерянное уведомление: банк считает платёж оплаченным, но нам об этом не сообщил.`}</p>
      )}
      <ul className={styles.steps} aria-label={t`Что делать`}>
        {next_steps.map((step) => (
          <li key={step}>{t(nextStepWords[step])}</li>
        ))}
      </ul>
    </div>
  )
}
