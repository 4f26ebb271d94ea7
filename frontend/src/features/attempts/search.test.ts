import { expect, it } from 'vitest'
import { parseSearch, stringifySearch } from '#src/lib/url-search'
import { kindOfQuery, parsePaymentsSearch, toQuery, withFilters } from './search'

const read = (url: string) => parsePaymentsSearch(parseSearch(url))

it('a link with every filter is read and written back the same', () => {
  const url =
    '?q=Иванова&type=membership,deposit&bank=sber&account=main&status=paid,declined&crm=retrying' +
    '&from=2026-11-01&to=2026-11-24T14:30&attention=true&lost=true&after=c50,c100'
  expect(decodeURIComponent(stringifySearch(read(url)))).toBe(url)
})

it('digits stay text: a phone number must not become a number', () => {
  expect(read('?q=0042')).toEqual({ q: '0042' })
})

it('what is unknown or wrong is dropped, what is right is kept', () => {
  expect(read('?status=paid,paaaid&crm=nothing&period=century&from=2026-02-31&attention=maybe&foo=1')).toEqual({
    status: ['paid'],
  })
})

it('an empty search is an empty link', () => {
  expect(read('')).toEqual({})
  expect(read('?q=%20&status=')).toEqual({})
  expect(stringifySearch({})).toBe('')
})

it('a changed filter starts from the first page', () => {
  expect(withFilters(read('?q=Иванов&after=c50'), { status: ['paid'] })).toEqual({ q: 'Иванов', status: ['paid'] })
  expect(withFilters(read('?q=Иванов&status=paid'), { status: undefined })).toEqual({ q: 'Иванов' })
})

it('becomes the query of the contract', () => {
  const now = new Date(2026, 10, 24, 12)
  expect(toQuery(read('?status=paid,expired&period=yesterday&after=c50,c100'), now)).toMatchObject({
    bank_status: ['paid', 'expired'],
    created_from: new Date(2026, 10, 23).toISOString(),
    created_to: new Date(2026, 10, 24).toISOString(),
    cursor: 'c100',
    limit: 50,
  })
  expect(toQuery(read('?from=2026-11-24&to=2026-11-24'), now)).toMatchObject({
    created_from: new Date(2026, 10, 24).toISOString(),
    created_to: new Date(2026, 10, 25).toISOString(),
  })
})

it.each([
  ['4567', 'last_four'],
  ['+7 916 123-45-67', 'phone'],
  ['8 (916) 1234567', 'phone'],
  ['Иванова', 'text'],
  ['A-10452', 'text'],
])('%s is understood as %s', (q, kind) => {
  expect(kindOfQuery(q)).toBe(kind)
})
