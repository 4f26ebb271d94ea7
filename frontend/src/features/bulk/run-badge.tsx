import { useLingui } from '@lingui/react/macro'
import type { BulkOutcome, BulkState } from '#src/gen/types.gen'
import { Badge } from '#src/ui/badge'
import { outcomeWords, stateWords } from './words'

export function RunBadge({ state }: { state: BulkState }) {
  const { t } = useLingui()
  const { label, tone, shape } = stateWords[state]
  return (
    <Badge tone={tone} shape={shape}>
      {t(label)}
    </Badge>
  )
}

export function OutcomeBadge({ outcome }: { outcome: BulkOutcome }) {
  const { t } = useLingui()
  const { label, tone, shape } = outcomeWords[outcome]
  return (
    <Badge tone={tone} shape={shape}>
      {t(label)}
    </Badge>
  )
}
