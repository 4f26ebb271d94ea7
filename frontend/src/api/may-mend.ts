import { useSession } from './session'

const mending = new Set(['operator', 'supervisor', 'admin'])
const supervising = new Set(['supervisor', 'admin'])

/** Whether the person may act at all; where an attempt is shown, its own `actions` say more. */
export function useMayMend(): boolean {
  const { user } = useSession()
  return user !== null && mending.has(user.role)
}

/** Whether the person may stop and start what concerns everybody. */
export function useMaySupervise(): boolean {
  const { user } = useSession()
  return user !== null && supervising.has(user.role)
}
