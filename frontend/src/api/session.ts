import { useSyncExternalStore } from 'react'
import { type LoginBody, login, logout, refresh, type SessionView, type UserView } from '#src/gen'
import { ApiError } from './api-error'

/**
 * The access token lives in this module's memory only: never in storage, where any script could read it.
 * What survives a reload is the HttpOnly refresh cookie, which the server alone sees.
 */
type State = { status: 'unknown' | 'signed-in' | 'signed-out'; user: UserView | null }

let token: string | null = null
let state: State = { status: 'unknown', user: null }
const listeners = new Set<() => void>()

function set(next: State, nextToken: string | null) {
  token = nextToken
  state = next
  for (const listener of listeners) listener()
}

const accept = (session: SessionView) => set({ status: 'signed-in', user: session.user }, session.access_token)
const forget = () => set({ status: 'signed-out', user: null }, null)

export const accessToken = () => token
export const sessionState = () => state

export function useSession(): State {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, sessionState)
}

let renewal: Promise<string | null> | null = null

/** Tabs share one cookie that changes with each use, so only one tab at a time may spend it. */
function alone<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks ? (navigator.locks.request('sverka.refresh', work) as Promise<T>) : work()
}

async function spendCookie(): Promise<string | null> {
  try {
    const { data } = await refresh({ throwOnError: true })
    accept(data)
    return data.access_token
  } catch (error) {
    // Only the server's refusal ends the session. A broken connection must not sign anybody out.
    if (error instanceof ApiError && error.status === 401) {
      forget()
      return null
    }
    throw error
  }
}

/** Single-flight: however many requests meet a 401 together, the cookie is spent once. */
export function renewSession(): Promise<string | null> {
  renewal ??= alone(spendCookie).finally(() => {
    renewal = null
  })
  return renewal
}

export async function restoreSession(): Promise<State> {
  if (state.status === 'unknown') await renewSession()
  return state
}

export async function signIn(body: LoginBody): Promise<void> {
  const { data } = await login({ body, throwOnError: true })
  accept(data)
}

export async function signOut(): Promise<void> {
  try {
    await logout({ throwOnError: true })
  } finally {
    forget()
  }
}

/** For tests: a module-level store must not leak from one to the next. */
export function resetSession() {
  renewal = null
  set({ status: 'unknown', user: null }, null)
}
