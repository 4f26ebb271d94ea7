import { useLingui } from '@lingui/react/macro'
import type { AlarmView } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import { Badge } from '#src/ui/badge'
import styles from './incident-page.module.css'
import { alarmStateWords, channelWords, eventWords } from './words'

export function AlarmsSent({ alarms }: { alarms: ReadonlyArray<AlarmView> }) {
  const { t } = useLingui()
  return (
    <section className={styles.section} aria-labelledby="alarms">
      <h2 id="alarms">{t`Тревоги`}</h2>
      {alarms.length === 0 && (
        <p className="quiet">{t`Никому не отправлены: каналы тревог не настроены в конфигурации.`}</p>
      )}
      <ul>
        {alarms.map((alarm) => {
          const words = alarmStateWords[alarm.state]
          return (
            <li key={`${alarm.event}/${alarm.channel}/${alarm.name}`} className={styles.alarm}>
              <span>
                {t(channelWords[alarm.channel])} <span className="quiet">{alarm.name}</span>
              </span>
              <span className="quiet">{t(eventWords[alarm.event])}</span>
              <Badge tone={words.tone} shape={words.shape}>
                {t(words.label)}
              </Badge>
              {alarm.sent_at !== null && <span className="quiet">{formatFull(alarm.sent_at)}</span>}
              {alarm.next_try_at !== null && alarm.error !== null && (
                <span className="quiet">{t`повторим ${formatFull(alarm.next_try_at)}`}</span>
              )}
              {alarm.error !== null && <span className={styles.error}>{alarm.error}</span>}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
