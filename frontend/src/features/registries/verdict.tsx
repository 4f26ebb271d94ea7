import { Plural, useLingui } from '@lingui/react/macro'
import type { RegistryView } from '#src/gen/types.gen'
import styles from './registry-page.module.css'

/** The outcome in a sentence, then what is left for a person to do. */
export function Verdict({ registry }: { registry: RegistryView }) {
  const { t } = useLingui()
  const { differs, no_attempt, missing, healed } = registry.counts
  const open = differs + no_attempt + missing
  const tone = open > 0 || registry.adds_up === false ? 'bad' : 'good'
  return (
    <section className={styles.verdict} data-tone={tone} aria-label={t`Итог сверки`}>
      <h2 className={styles.sentence}>
        {open === 0 ? (
          t`Всё сошлось: у каждой операции банка есть своя попытка.`
        ) : (
          <Plural
            value={open}
            one="Требует внимания # строка."
            few="Требуют внимания # строки."
            many="Требуют внимания # строк."
            other="Требуют внимания # строки."
          />
        )}
      </h2>
      {healed > 0 && (
        <p>
          <Plural
            value={healed}
            one="О # оплате Сверка узнала из этого реестра и передала её в учётную систему."
            few="О # оплатах Сверка узнала из этого реестра и передала их в учётную систему."
            many="О # оплатах Сверка узнала из этого реестра и передала их в учётную систему."
            other="О # оплатах Сверка узнала из этого реестра и передала их в учётную систему."
          />
        </p>
      )}
      {no_attempt > 0 && (
        <p>{t`Деньги без попытки: спросите банк или запишите попытку, и платёж уйдёт в учётную систему.`}</p>
      )}
      {differs > 0 && <p>{t`Различия: сравните суммы и статусы; правду скажет сам банк, спросите его.`}</p>}
      {missing > 0 && (
        <p>{t`Оплаченное, но не попавшее в реестр, обычно приходит со следующим. Если нет, спросите банк.`}</p>
      )}
      {registry.adds_up === false && (
        <p>{t`Суммы строк не равны итогам, которые заявил банк: файл неполный или изменён.`}</p>
      )}
    </section>
  )
}
