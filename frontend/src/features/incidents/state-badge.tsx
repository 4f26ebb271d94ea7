import { useLingui } from '@lingui/react/macro'
import type { IncidentState } from '#src/gen/types.gen'
import { Badge } from '#src/ui/badge'

export function IncidentStateBadge({ state }: { state: IncidentState }) {
  const { t } = useLingui()
  if (state === 'open') return <Badge tone="bad" shape="square">{t`Открыт`}</Badge>
  return <Badge tone="mute" shape="ring">{t`Закрыт`}</Badge>
}
