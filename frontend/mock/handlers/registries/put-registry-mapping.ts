import { HttpResponse } from 'msw'
import type { Mapping } from '#src/gen/types.gen'
import { guarded } from '../../guarded'
import { world } from '../../world'

export const putRegistryMapping = guarded('put', 'registry-mappings/:name', async ({ params, request }) => {
  const mapping = (await request.json()) as Mapping
  world.mappings.set(params.name ?? '', mapping)
  return HttpResponse.json(mapping)
})
