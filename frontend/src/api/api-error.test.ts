import { HttpResponse, http } from 'msw'
import { expect, it } from 'vitest'
import { problem } from '#mock/problem'
import { getReference } from '#src/gen'
import { server } from '../../tests/server'
import { ApiError } from './api-error'

const failWith = (respond: () => Response) => server.use(http.get('*/api/v1/reference', respond))

async function failure(): Promise<ApiError> {
  try {
    await getReference({ throwOnError: true })
  } catch (error) {
    if (error instanceof ApiError) return error
    throw error
  }
  throw new Error('the request did not fail')
}

it('a problem document keeps its code, detail and request id', async () => {
  failWith(() => problem(403, 'forbidden', { detail: 'viewer may not do this' }))
  expect(await failure()).toMatchObject({ status: 403, code: 'forbidden', detail: 'viewer may not do this' })
  expect((await failure()).requestId).toMatch(/^req-/)
})

it("a proxy's HTML is an internal error with its status", async () => {
  failWith(() => new HttpResponse('<html>Bad gateway</html>', { status: 502 }))
  expect(await failure()).toMatchObject({ status: 502, code: 'internal', requestId: null })
})

it('an empty 500 is an error too', async () => {
  failWith(() => new HttpResponse(null, { status: 500, headers: { 'x-request-id': 'abc' } }))
  expect(await failure()).toMatchObject({ status: 500, code: 'internal', requestId: 'abc' })
})

it('a code from a newer server is told by its status', async () => {
  failWith(() => HttpResponse.json({ code: 'brand_new' }, { status: 404 }))
  expect(await failure()).toMatchObject({ status: 404, code: 'not_found' })
})

it('a broken connection is its own code', async () => {
  failWith(() => HttpResponse.error())
  expect(await failure()).toMatchObject({ status: 0, code: 'network' })
})

it('a cancelled request stays an AbortError', async () => {
  const controller = new AbortController()
  controller.abort()
  await expect(getReference({ throwOnError: true, signal: controller.signal })).rejects.toMatchObject({
    name: 'AbortError',
  })
})
