import { describe, expect, it } from 'vitest'
import { ErrorCode } from '#src/gen/types.gen'
import { activateLanguage, i18n } from '#src/lib/i18n'
import { ApiError } from './api-error'
import { problemText, problemTexts } from './problem-text'

const codes = [...Object.values(ErrorCode), 'network' as const]

describe('every error code of the contract', () => {
  it.each(codes)('%s has its own words in Russian and in English', async (code) => {
    const russian = i18n._(problemTexts[code])
    await activateLanguage('en')
    const english = i18n._(problemTexts[code])
    expect(russian).toMatch(/[а-яё]/i)
    expect(english).toMatch(/^[A-Z][^а-яё]+\.$/i)
  })

  it('no two codes share a text: a text must tell the operator which it was', () => {
    const texts = codes.map((code) => i18n._(problemTexts[code]))
    expect(new Set(texts).size).toBe(codes.length)
  })
})

it('what is not an API error is an internal one, not an empty box', () => {
  expect(problemText(new Error('boom'))).toBe(problemTexts.internal)
  expect(problemText(new ApiError(409, 'not_paid'))).toBe(problemTexts.not_paid)
})
