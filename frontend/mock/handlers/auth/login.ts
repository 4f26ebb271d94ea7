import { HttpResponse, http } from 'msw'
import type { LoginBody } from '#src/gen/types.gen'
import { cookie, openSession, password, supervisor, user } from '../../access'
import { problem } from '../../problem'

export const login = http.post('*/api/v1/auth/login', async ({ request }) => {
  const given = (await request.json()) as LoginBody
  const who = [user, supervisor].find((one) => one.email === given.email)
  if (who === undefined || given.password !== password) return problem(401, 'invalid_credentials')
  return HttpResponse.json(openSession(who), { headers: { 'Set-Cookie': cookie('alive', 86_400) } })
})
