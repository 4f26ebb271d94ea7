import { HttpResponse, http } from 'msw'
import { signedIn, signedInUser } from '../../access'
import { problem } from '../../problem'

export const me = http.get('*/api/v1/me', ({ request }) =>
  signedIn(request) ? HttpResponse.json(signedInUser()) : problem(401, 'unauthenticated'),
)
