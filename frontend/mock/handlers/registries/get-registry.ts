import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { world } from '../../world'

export const getRegistry = guarded('get', 'registries/:id', ({ params }) => {
  const found = world.registries.get(params.id ?? '')
  return found === undefined ? problem(404, 'not_found') : HttpResponse.json(found.registry)
})
