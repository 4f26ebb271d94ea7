import { expect, it } from 'vitest'
import { oneIn } from './odds'

it('a probability becomes "one in so many", rounded to a digit', () => {
  expect(oneIn(0.05)).toBe(20)
  expect(oneIn(0.000_073)).toBe(10_000)
  expect(oneIn(0.000_26)).toBe(4_000)
  expect(oneIn(1)).toBe(1)
})

it('what is practically impossible has no number', () => {
  expect(oneIn(0)).toBeNull()
  expect(oneIn(1e-12)).toBeNull()
  expect(oneIn(Number.NaN)).toBeNull()
})
