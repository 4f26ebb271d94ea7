import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { world } from '../../world'

export const listConnections = guarded('get', 'connections', () =>
  HttpResponse.json({ items: [...world.connections.values()] }),
)
