import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { problem } from '../../problem'
import { world } from '../../world'

export const resendIncident = guarded('post', 'incidents/:id/resend', ({ params }) =>
  world.incidents.get(params.id ?? '')?.can_resend
    ? HttpResponse.json({}, { status: 202 })
    : problem(409, 'resend_not_supported'),
)
