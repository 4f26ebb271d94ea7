import { HttpResponse, http } from 'msw'
import { signedIn } from '../../access'
import { problem } from '../../problem'
import { world } from '../../world'

export const getAttempt = http.get('*/api/v1/payment-attempts/:id', ({ params, request }) => {
  if (!signedIn(request)) return problem(401, 'unauthenticated')
  const attempt = world.attempts.get(String(params.id))
  return attempt === undefined ? problem(404, 'not_found') : HttpResponse.json(attempt)
})
