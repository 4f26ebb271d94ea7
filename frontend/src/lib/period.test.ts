import { expect, it } from 'vitest'
import { endOf, parseLocal, parseTyped, resolvePeriod, showTyped } from './period'

const now = new Date(2026, 10, 24, 12, 30)

it.each([
  ['24.11', '2026-11-24'],
  ['4.1.26', '2026-01-04'],
  ['24.11.2026', '2026-11-24'],
  ['24.11.2026 9:05', '2026-11-24T09:05'],
  ['24/11 14:30', '2026-11-24T14:30'],
  ['2026-11-24', '2026-11-24'],
  [' 24.11 ', '2026-11-24'],
])('typed %s is %s', (text, value) => {
  expect(parseTyped(text, now)).toBe(value)
})

it.each(['31.02', '24.13', '24', 'вчера', '24.11 25:00', '24.11.2026 9'])('%s is refused', (text) => {
  expect(parseTyped(text, now)).toBeNull()
})

it('shows what was typed the way it is typed', () => {
  expect(showTyped('2026-11-24T09:05')).toBe('24.11.2026 09:05')
  expect(parseTyped(showTyped('2026-01-04'), now)).toBe('2026-01-04')
})

it('"to the 24th" takes the whole 24th, "to 14:30" the whole minute', () => {
  expect(endOf('2026-11-24')).toEqual(new Date(2026, 10, 25))
  expect(endOf('2026-11-24T14:30')).toEqual(new Date(2026, 10, 24, 14, 31))
})

it('presets are cut by local midnight and move with the clock', () => {
  expect(resolvePeriod('today', now)).toEqual({ from: new Date(2026, 10, 24) })
  expect(resolvePeriod('yesterday', now)).toEqual({ from: new Date(2026, 10, 23), to: new Date(2026, 10, 24) })
  expect(resolvePeriod('week', now)).toEqual({ from: new Date(2026, 10, 18) })
  expect(resolvePeriod('hour', now)).toEqual({ from: new Date(2026, 10, 24, 11, 30) })
})

it('knows the calendar', () => {
  expect(parseLocal('2026-02-29')).toBeNull()
  expect(parseLocal('2028-02-29')?.hasTime).toBe(false)
})
