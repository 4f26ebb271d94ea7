import { expect, it } from 'vitest'
import { toFilter } from './bulk-filter'

it('takes every row that the search finds, whichever page is on the screen', () => {
  const filter = toFilter({ q: 'Иванова', crm: ['retrying'], after: ['c50'] })
  expect(JSON.parse(JSON.stringify(filter))).toEqual({ q: 'Иванова', crm_status: ['retrying'] })
})

it('fixes "the last hour" at the moment of asking', () => {
  const now = new Date('2026-11-24T10:00:00Z')
  expect(toFilter({ period: 'hour' }, now).created_from).toBe('2026-11-24T09:00:00.000Z')
})
