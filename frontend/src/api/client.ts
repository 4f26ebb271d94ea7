import { client } from '#src/gen/client.gen'
import { toApiError } from './api-error'
import { accessToken, renewSession } from './session'

const bearer = (token: string) => `Bearer ${token}`

/** Sends a request; on a 401 gets a new token by the cookie and sends it once more. */
async function sendRenewing(request: Request): Promise<Response> {
  const sentAs = request.headers.get('Authorization')
  const again = sentAs === null ? null : request.clone()
  const response = await fetch(request)
  if (response.status !== 401 || again === null) return response
  // Somebody else's renewal may have ended while this request was under way.
  const current = accessToken()
  const token = current !== null && bearer(current) !== sentAs ? current : await renewSession()
  if (token === null) return response
  again.headers.set('Authorization', bearer(token))
  return fetch(again)
}

export function configureClient() {
  client.setConfig({
    baseUrl: window.location.origin,
    credentials: 'same-origin',
    auth: () => accessToken() ?? undefined,
    fetch: (request: RequestInfo | URL) => sendRenewing(request as Request),
  })
  client.interceptors.error.use((error, response) => toApiError(error, response))
}
