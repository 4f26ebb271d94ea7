import { HttpResponse, http } from 'msw'
import { beforeEach, expect, it, vi } from 'vitest'
import { openSession, password, user } from '#mock/access'
import { problem } from '#mock/problem'
import { world } from '#mock/world'
import { getReference } from '#src/gen'
import { server } from '../../tests/server'
import { accessToken, renewSession, restoreSession, sessionState, signIn, signOut } from './session'

const refreshed = vi.fn()
const refreshing = (respond: () => Response | Promise<Response>) =>
  server.use(
    http.post('*/api/v1/auth/refresh', () => {
      refreshed()
      return respond()
    }),
  )

const ask = () => getReference({ throwOnError: true })

beforeEach(async () => {
  refreshed.mockReset()
  await signIn({ email: user.email, password })
})

it('requests that meet a 401 together spend the cookie once, and all of them succeed', async () => {
  refreshing(() => HttpResponse.json(openSession()))
  world.sessions.clear()
  const answers = await Promise.all([ask(), ask(), ask(), ask(), ask()])
  expect(answers).toHaveLength(5)
  expect(refreshed).toHaveBeenCalledTimes(1)
})

it('a later 401 is allowed to renew again', async () => {
  refreshing(() => HttpResponse.json(openSession()))
  world.sessions.clear()
  await ask()
  world.sessions.clear()
  await ask()
  expect(refreshed).toHaveBeenCalledTimes(2)
})

it('a server that refuses even the new token is asked no third time', async () => {
  refreshing(() => HttpResponse.json({ ...openSession(), access_token: 'nobody knows it' }))
  world.sessions.clear()
  await expect(ask()).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(refreshed).toHaveBeenCalledTimes(1)
})

it('a refused cookie signs out', async () => {
  refreshing(() => problem(401, 'session_expired'))
  world.sessions.clear()
  await expect(ask()).rejects.toMatchObject({ status: 401 })
  expect(sessionState()).toEqual({ status: 'signed-out', user: null })
  expect(accessToken()).toBeNull()
})

it('a broken connection signs nobody out', async () => {
  refreshing(() => HttpResponse.error())
  await expect(renewSession()).rejects.toMatchObject({ code: 'network' })
  expect(sessionState().status).toBe('signed-in')
})

it('signing out forgets the token even when the server is away', async () => {
  server.use(http.post('*/api/v1/auth/logout', () => HttpResponse.error()))
  await expect(signOut()).rejects.toMatchObject({ code: 'network' })
  expect(accessToken()).toBeNull()
})

it('the token is kept in memory only', async () => {
  expect(accessToken()).toMatch(/^token-/)
  expect({ ...localStorage, ...sessionStorage }).toEqual({})
  expect(document.cookie).toBe('')
})

it('a known session is not asked for again', async () => {
  refreshing(() => HttpResponse.json(openSession()))
  await restoreSession()
  expect(refreshed).not.toHaveBeenCalled()
})
