import { useSession } from './session'

const mending = new Set(['operator', 'supervisor', 'admin'])

/** Whether the person may act at all; where an attempt is shown, its own `actions` say more. */
export function useMayMend(): boolean {
  const { user } = useSession()
  return user !== null && mending.has(user.role)
}
