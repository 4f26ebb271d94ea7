import { describe, expect, it } from 'vitest'
import { DiagnosisCode, NextStep } from '#src/gen/types.gen'
import { activateLanguage, i18n } from '#src/lib/i18n'
import { diagnosisWords, nextStepWords } from './diagnosis-words'

describe('a diagnosis', () => {
  it.each(Object.values(DiagnosisCode))('%s is one sentence in both languages', async (code) => {
    const { text } = diagnosisWords[code]
    const oneSentence = /^[^.!?]+\.$/
    expect(i18n._(text)).toMatch(oneSentence)
    await activateLanguage('en')
    expect(i18n._(text)).toMatch(oneSentence)
    expect(i18n._(text)).not.toMatch(/[а-яё]/i)
  })

  it('no two codes read the same', () => {
    const texts = Object.values(diagnosisWords).map(({ text }) => i18n._(text))
    expect(new Set(texts).size).toBe(texts.length)
  })
})

it.each(Object.values(NextStep))('step %s is worded in both languages', async (step) => {
  expect(i18n._(nextStepWords[step])).toMatch(/[а-яё]/i)
  await activateLanguage('en')
  expect(i18n._(nextStepWords[step])).not.toMatch(/[а-яё]/i)
})
