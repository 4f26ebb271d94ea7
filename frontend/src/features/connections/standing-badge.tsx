import { useLingui } from '@lingui/react/macro'
import type { ConnectionStanding } from '#src/gen/types.gen'
import { Badge } from '#src/ui/badge'
import { standingWords } from './words'

export function StandingBadge({ state }: { state: ConnectionStanding }) {
  const { t } = useLingui()
  const { label, tone, shape } = standingWords[state]
  return (
    <Badge tone={tone} shape={shape}>
      {t(label)}
    </Badge>
  )
}
