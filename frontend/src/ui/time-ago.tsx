import { useLingui } from '@lingui/react'
import { formatFull, formatRelative } from '#src/lib/time'
import { useNow } from '#src/lib/use-now'

export function TimeAgo({ at }: { at: string }) {
  const { i18n } = useLingui()
  const now = useNow()
  return (
    <time dateTime={at} title={formatFull(at)}>
      {formatRelative(at, i18n.locale, now)}
    </time>
  )
}
