import { describe, expect, it } from 'vitest'
import { activateLanguage, i18n } from '#src/lib/i18n'
import { bankReason, knownReasons } from './bank-reasons'

describe('the reason behind a code', () => {
  it('is one sentence in both languages', async () => {
    for (const reason of knownReasons) expect(i18n._(reason)).toMatch(/^[^.!?]+\.$/)
    await activateLanguage('en')
    for (const reason of knownReasons) {
      expect(i18n._(reason)).toMatch(/^[^.!?]+\.$/)
      expect(i18n._(reason)).not.toMatch(/[а-яё]/i)
    }
  })

  it('is the same at every bank with the gateway, and unknown at others', () => {
    const reason = bankReason('sber', '116')
    expect(reason).not.toBeNull()
    for (const bank of ['sber_ecom', 'alfa', 'vtb']) expect(bankReason(bank, '116')).toBe(reason)
    expect(bankReason('tbank', '101')).toBeNull()
    for (const state of ['0', '1', '5', '7']) expect(bankReason('sber', state)).toBeNull()
    expect(bankReason('sber', null)).toBeNull()
  })

  it('never calls an unanswered payment refused', () => {
    for (const code of ['1018', '1019']) {
      const reason = bankReason('sber', code)
      expect(reason && i18n._(reason)).toMatch(/могли списаться|may have been taken/)
    }
  })
})
