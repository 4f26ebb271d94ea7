import { HttpResponse, http } from 'msw'
import { cookie } from '../../access'

export const logout = http.post('*/api/v1/auth/logout', () => {
  return new HttpResponse(null, { status: 204, headers: { 'Set-Cookie': cookie('', 0) } })
})
