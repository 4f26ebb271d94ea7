import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { world } from '../../world'

export const listRegistryMappings = guarded('get', 'registry-mappings', () =>
  HttpResponse.json({ items: [...world.mappings.values()] }),
)
