import { HttpResponse } from 'msw'
import { guarded } from '../../guarded'
import { problem } from '../../problem'

export const resendNotifications = guarded('post', 'bank-accounts/:bank/:account/resend', ({ params }) =>
  params.bank === 'tbank' ? HttpResponse.json({}, { status: 202 }) : problem(409, 'resend_not_supported'),
)
