import { among, guarded, page } from '../../guarded'
import { problem } from '../../problem'
import { world } from '../../world'

export const listRegistryLines = guarded('get', 'registries/:id/lines', ({ params, query }) => {
  const found = world.registries.get(params.id ?? '')
  if (found === undefined) return problem(404, 'not_found')
  return page(
    found.lines.filter((line) => among(query, { result: line.result })),
    query,
  )
})
