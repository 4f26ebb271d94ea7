import type { SessionView, UserView } from '#src/gen/types.gen'
import { world } from './world'

export const user = {
  id: 'user-1',
  email: 'operator@example.com',
  name: 'Ольга Миронова',
  role: 'operator',
  kind: 'user',
} as const

/** May also pause and resume an accounting system. */
export const supervisor = {
  ...user,
  id: 'user-2',
  email: 'supervisor@example.com',
  name: 'Ирина Старшова',
  role: 'supervisor',
} as const

let current: UserView = user

export const signedInUser = () => current

export const password = 'correct horse'

export function openSession(who: UserView = current): SessionView {
  current = who
  world.issued += 1
  const token = `token-${world.issued}`
  world.sessions.add(token)
  return { access_token: token, token_type: 'Bearer', expires_in: 900, user: who }
}

export const signedIn = (request: Request) =>
  world.sessions.has(request.headers.get('Authorization')?.replace('Bearer ', '') ?? '')

export const cookie = (value: string, maxAge: number) =>
  `sverka_refresh=${value}; HttpOnly; SameSite=Strict; Path=/api/v1/auth; Max-Age=${maxAge}`
