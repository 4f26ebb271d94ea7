import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { world } from '../../world'

export const deleteRegistryMapping = guarded('delete', 'registry-mappings/:name', ({ params }) => {
  world.mappings.delete(params.name ?? '')
  return new HttpResponse(null, { status: 204 })
})
