import { HttpResponse, http } from 'msw'
import { signedIn, user } from '../../access'
import { problem } from '../../problem'

export const me = http.get('*/api/v1/me', ({ request }) =>
  signedIn(request) ? HttpResponse.json(user) : problem(401, 'unauthenticated'),
)
