import { HttpResponse } from 'msw'
import type { SelfTestView } from '#src/gen/types.gen'
import { guarded } from '../../guarded'
import { world } from '../../world'

/** PayOnline's address is cut off by somebody in front of Sverka; everybody else's arrives. */
export const selfTestCallback = guarded('post', 'bank-accounts/:bank/:account/callback-self-test', ({ params }) => {
  const { bank = '', account = '' } = params
  const lost = bank === 'payonline'
  const result: SelfTestView = {
    at: new Date().toISOString(),
    sent_to: `https://sverka.example/callbacks/${bank}/${account}`,
    arrived: !lost,
    genuine: !lost,
    signed: true,
    http_status: lost ? 404 : 200,
    took_ms: lost ? 38 : 112,
    code: lost ? 'not_arrived' : 'arrived',
    detail: lost ? 'HTTP 404, server: nginx/1.24.0' : null,
    notification_id: lost ? null : 'note-accepted',
  }
  world.selfTests.set(`${bank}/${account}`, result)
  return HttpResponse.json(result)
})
