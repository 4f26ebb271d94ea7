import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { RawBox } from '#src/ui/raw-box'
import { Segments } from '#src/ui/segments'
import styles from './incident-page.module.css'

type Language = 'ru' | 'en'

/** A letter to the bank: ids, times and sums, nothing about the clients. Its language is the bank's, not the page's. */
export function SupportText({ text }: { text: Record<Language, string> }) {
  const { t } = useLingui()
  const [language, setLanguage] = useState<Language>('ru')
  return (
    <section className={styles.section} aria-labelledby="support">
      <div className={styles.sectionHead}>
        <h2 id="support">{t`Письмо в поддержку банка`}</h2>
        <Segments
          legend={t`Язык письма`}
          value={language}
          options={[
            { value: 'ru', label: 'РУ' },
            { value: 'en', label: 'EN' },
          ]}
          onChange={setLanguage}
        />
      </div>
      <RawBox text={text[language]} copyLabel={t`Скопировать письмо`} />
    </section>
  )
}
