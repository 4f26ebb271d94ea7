import { useLingui } from '@lingui/react/macro'
import { Badge } from '#src/ui/badge'

/** Whether the sums of the lines are those the bank itself declares. */
export function AddsUp({ value }: { value: boolean | null }) {
  const { t } = useLingui()
  if (value === null) return <Badge tone="mute" shape="ring">{t`не заявлены`}</Badge>
  return value ? <Badge tone="good">{t`сходятся`}</Badge> : <Badge tone="bad" shape="square">{t`не сходятся`}</Badge>
}
