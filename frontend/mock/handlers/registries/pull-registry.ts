import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { linesWithFaults, registryOf } from '../../registries'
import { world } from '../../world'

type Body = { bank: string; bank_account: string; from: string; to: string }

export const pullRegistry = guarded('post', 'registries/pull', async ({ request }) => {
  const { bank, bank_account, from, to } = (await request.json()) as Body
  if (bank === 'payonline') return problem(502, 'bank_unavailable', { detail: 'Превышено время ожидания: 10 с' })
  const fresh = registryOf(`reg-pulled-${world.registries.size}`, linesWithFaults(), {
    bank,
    bank_account,
    period: { from, to },
    source: 'bank',
    file_name: null,
    layout: 'bank',
    loaded_at: new Date().toISOString(),
  })
  world.registries.set(fresh.registry.id, fresh)
  return HttpResponse.json(fresh.registry, { status: 201 })
})
