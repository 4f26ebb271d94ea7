import { expect, it } from 'vitest'
import { fieldsOf } from './raw-text'

const read = (query: string, body: string) => fieldsOf(query, body).map(({ name, value }) => [name, value])

it('a query and a form are taken apart, percent signs and all', () => {
  expect(read('mdOrder=b8&orderNumber=A%2D1', '')).toEqual([
    ['mdOrder', 'b8'],
    ['orderNumber', 'A-1'],
  ])
  expect(read('', 'OutSum=100.00&InvId=7')).toEqual([
    ['OutSum', '100.00'],
    ['InvId', '7'],
  ])
})

it('a JSON body gives its first level, what is inside as it is', () => {
  expect(read('', '{"event":"payment.succeeded","object":{"id":"22"}}')).toEqual([
    ['event', 'payment.succeeded'],
    ['object', '{"id":"22"}'],
  ])
})

it('what has no fields gives none, and breaks nothing', () => {
  expect(read('', 'eyJhbGciOiJSUzI1NiJ9.e30.c2ln')).toEqual([])
  expect(read('', '[1,2]')).toEqual([])
  expect(read('', '{broken')).toEqual([])
})
