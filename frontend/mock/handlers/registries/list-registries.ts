import { among, guarded, page } from '../../guarded'
import { world } from '../../world'

export const listRegistries = guarded('get', 'registries', ({ query }) =>
  page(
    [...world.registries.values()]
      .map((one) => one.registry)
      .filter((one) => among(query, { bank: one.bank, bank_account: one.bank_account }))
      .sort((a, b) => (a.loaded_at < b.loaded_at ? 1 : -1)),
    query,
  ),
)
