import { HttpResponse, http } from 'msw'
import type { LoginBody } from '#src/gen/types.gen'
import { cookie, openSession, password, user } from '../../access'
import { problem } from '../../problem'

export const login = http.post('*/api/v1/auth/login', async ({ request }) => {
  const given = (await request.json()) as LoginBody
  if (given.email !== user.email || given.password !== password) return problem(401, 'invalid_credentials')
  return HttpResponse.json(openSession(), { headers: { 'Set-Cookie': cookie('alive', 86_400) } })
})
