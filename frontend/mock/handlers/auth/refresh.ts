import { HttpResponse, http } from 'msw'
import { cookie, openSession } from '../../access'
import { problem } from '../../problem'

export const refresh = http.post('*/api/v1/auth/refresh', ({ request }) => {
  const alive = request.headers.get('cookie')?.includes('sverka_refresh=alive') ?? false
  if (!alive) return problem(401, 'session_expired')
  return HttpResponse.json(openSession(), { headers: { 'Set-Cookie': cookie('alive', 86_400) } })
})
