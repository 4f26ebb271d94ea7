import { delay } from 'msw'
import { getResponse } from 'msw/utils/get-response'
import { handlers } from './handlers'

/** A little slowness, so that loading states are seen; none of the handlers needs it. */
export async function answer(request: Request): Promise<Response | undefined> {
  await delay(Number(process.env.MOCK_DELAY ?? 120))
  return getResponse(handlers, request)
}
