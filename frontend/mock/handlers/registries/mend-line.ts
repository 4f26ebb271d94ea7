import { HttpResponse } from 'msw'
import type { MendBody, RegistryLineView } from '#src/gen/types.gen'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { registryOf } from '../../registries'
import { world } from '../../world'

/** The bank confirms whatever its registry says. */
export const mendLine = guarded('post', 'registries/:id/mend', async ({ params, request }) => {
  const found = world.registries.get(params.id ?? '')
  if (found === undefined) return problem(404, 'not_found')
  const { line, attempt_id } = (await request.json()) as MendBody
  const at = found.lines.findIndex((one) => (line === null ? one.attempt_id === attempt_id : one.number === line))
  const before = found.lines[at]
  if (before === undefined || before.mends.length === 0) return problem(409, 'mend_not_possible')
  const after: RegistryLineView = {
    ...before,
    result: before.result === 'no_attempt' ? 'healed' : 'matched',
    attempt_id: before.attempt_id ?? 'att-lost',
    problem: null,
    mends: [],
  }
  const lines = found.lines.with(at, after)
  const { counts } = registryOf(found.registry.id, lines).registry
  world.registries.set(found.registry.id, { lines, registry: { ...found.registry, counts } })
  return HttpResponse.json(after)
})
