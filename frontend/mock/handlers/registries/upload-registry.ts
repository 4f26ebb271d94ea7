import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { linesWithFaults, registryOf } from '../../registries'
import { world } from '../../world'

/** A file named «*.bad.csv» can't be read; one already loaded is answered with what came of it then. */
export const uploadRegistry = guarded('post', 'registries', async ({ query, request }) => {
  const name = query.get('file_name') ?? ''
  await request.arrayBuffer()
  if (name.endsWith('.bad.csv')) {
    return problem(422, 'registry_unreadable', { detail: 'Строка 14: «12,5О» не сумма' })
  }
  const known = [...world.registries.values()].find((one) => one.registry.file_name === name)
  if (known !== undefined) return HttpResponse.json(known.registry)
  const mapping = query.get('mapping')
  const fresh = registryOf(`reg-new-${world.registries.size}`, linesWithFaults(), {
    file_name: name,
    bank: query.get('bank') ?? '',
    bank_account: query.get('bank_account') ?? '',
    layout: mapping === null ? 'tbank' : `saved:${mapping}`,
    loaded_at: new Date().toISOString(),
  })
  world.registries.set(fresh.registry.id, fresh)
  return HttpResponse.json(fresh.registry, { status: 201 })
})
