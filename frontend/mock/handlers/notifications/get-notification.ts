import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { world } from '../../world'

export const getNotification = guarded('get', 'notifications/:id', ({ params }) => {
  const found = world.notifications.get(params.id ?? '')
  return found === undefined ? problem(404, 'not_found') : HttpResponse.json(found)
})
