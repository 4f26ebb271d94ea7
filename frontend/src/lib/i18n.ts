import { i18n } from '@lingui/core'
import { messages as russian } from '#src/locales/ru.po'

export const languages = ['ru', 'en'] as const
export type Language = (typeof languages)[number]

const key = 'sverka.language'

export function storedLanguage(): Language {
  try {
    return localStorage.getItem(key) === 'en' ? 'en' : 'ru'
  } catch {
    return 'ru'
  }
}

/** Russian is in the first load; English comes when asked for. */
export async function activateLanguage(language: Language) {
  if (language === 'ru') i18n.load('ru', russian)
  else i18n.load('en', (await import('#src/locales/en.po')).messages)
  i18n.activate(language)
  document.documentElement.lang = language
}

export async function chooseLanguage(language: Language) {
  await activateLanguage(language)
  try {
    localStorage.setItem(key, language)
  } catch {
    // A closed storage only means that the choice is forgotten at reload.
  }
}

export { i18n }
