import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { world } from '../../world'

export const getConnection = guarded('get', 'connections/:name', ({ params }) => {
  const found = world.connections.get(params.name ?? '')
  return found === undefined ? problem(404, 'not_found') : HttpResponse.json(found)
})
