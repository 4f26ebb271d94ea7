import { expect, it } from 'vitest'
import { inHours, tomorrowMorning } from './postpone'

const evening = new Date(2026, 11, 31, 23, 40)

it('an hour from now may be next year', () => {
  expect(inHours(1, evening)).toBe('2027-01-01T00:40')
})

it('tomorrow is tomorrow at nine, at the end of a year too', () => {
  expect(tomorrowMorning(evening)).toBe('2027-01-01T09:00')
})
