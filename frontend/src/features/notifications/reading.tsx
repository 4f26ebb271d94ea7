import { useLingui } from '@lingui/react/macro'
import { BankStatusBadge } from '#src/api/status-badges'
import type { NotificationDetail } from '#src/gen/types.gen'
import { useFormat } from '#src/lib/use-format'
import styles from './notification-page.module.css'
import { genuinenessWords, saysWords } from './words'

/** How it reads now, with today's secrets: that may differ from what became of it when it came. */
export function Reading({ notification }: { notification: NotificationDetail }) {
  const { t } = useLingui()
  const format = useFormat()
  if (notification.reading === null) {
    return <p className="quiet">{t`Прочитать нечем: этого эквайринга больше нет в конфигурации.`}</p>
  }
  const { genuineness, says, bank_status, amount } = notification.reading
  const words = genuinenessWords[genuineness]
  return (
    <section className={styles.reading} data-tone={words.tone} aria-label={t`Как читается сейчас`}>
      <h2 className={styles.sentence}>
        {t(words.title)}: {t(saysWords[says])}
      </h2>
      <p>{t(words.text)}</p>
      {(bank_status !== null || amount !== null) && (
        <p className={styles.says}>
          {bank_status !== null && <BankStatusBadge status={bank_status} />}
          {amount !== null && <b>{format.money(amount)}</b>}
        </p>
      )}
    </section>
  )
}
