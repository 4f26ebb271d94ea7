import { useLingui } from '@lingui/react/macro'
import { chooseLanguage } from '#src/lib/i18n'
import styles from './header.module.css'

/** Named in the language it switches to, for the one who can't read the present one. */
export function LanguageSwitch() {
  const { i18n } = useLingui()
  const other = i18n.locale === 'ru' ? 'en' : 'ru'
  return (
    <button type="button" className={styles.language} lang={other} onClick={() => void chooseLanguage(other)}>
      <span className="visually-hidden">{other === 'en' ? 'English' : 'Русский'} </span>
      <span aria-hidden="true">{other === 'en' ? 'EN' : 'РУ'}</span>
    </button>
  )
}
