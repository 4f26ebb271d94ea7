import { useLingui } from '@lingui/react/macro'
import { useSession } from '#src/api/session'

/** A change by a person names the person, and can't be erased: say so before it is made. */
export function RecordedAs() {
  const { t } = useLingui()
  const { user } = useSession()
  if (user === null) return null
  const who = user.email === null ? user.name : `${user.name} (${user.email})`
  return <p className="quiet">{t`В истории навсегда останется: ${who}, время, старое и новое значение, причина.`}</p>
}
