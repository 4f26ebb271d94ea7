import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { world } from '../../world'

export const getIncident = guarded('get', 'incidents/:id', ({ params }) => {
  const found = world.incidents.get(params.id ?? '')
  return found === undefined ? problem(404, 'not_found') : HttpResponse.json(found)
})
