import { among, guarded, page } from '../../guarded'
import { world } from '../../world'

export const listIncidents = guarded('get', 'incidents', ({ query }) =>
  page(
    [...world.incidents.values()].filter((one) =>
      among(query, { state: one.state, bank: one.bank, bank_account: one.bank_account }),
    ),
    query,
  ),
)
