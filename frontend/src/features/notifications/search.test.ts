import { expect, it } from 'vitest'
import { parseSearch } from '#src/lib/url-search'
import { parseNotificationsSearch, toQuery, withFilters } from './search'

const read = (text: string) => parseNotificationsSearch(parseSearch(text))

it('an address is read leniently: unknown verdicts and impossible dates are left out', () => {
  expect(read('?verdict=rejected,nonsense&from=2026-02-31&q=%20A-1%20')).toEqual({ verdict: ['rejected'], q: 'A-1' })
})

it('becomes the query of the contract', () => {
  const query = toQuery(
    read('?bank=sber&account=main&period=hour&verdict=orphan&after=c50'),
    new Date(2026, 10, 24, 12),
  )
  expect(query).toMatchObject({ bank: ['sber'], bank_account: ['main'], verdict: ['orphan'], cursor: 'c50' })
  expect(query.received_from).toBe(new Date(2026, 10, 24, 11).toISOString())
  expect(query.received_to).toBeUndefined()
})

it('a changed filter starts from the first page', () => {
  expect(withFilters(read('?q=A-1&after=c50'), { verdict: ['orphan'] })).toEqual({ q: 'A-1', verdict: ['orphan'] })
})
