import { useLingui } from '@lingui/react/macro'
import type { BankStatus, CrmStatus, NotificationVerdict } from '#src/gen/types.gen'
import { Badge } from '#src/ui/badge'
import { bankStatusWords, crmStatusWords, verdictWords } from './status-words'

export function BankStatusBadge({ status }: { status: BankStatus }) {
  const { t } = useLingui()
  const word = bankStatusWords[status]
  return (
    <Badge tone={word.tone} shape={word.shape}>
      {t(word.label)}
    </Badge>
  )
}

export function CrmStatusBadge({ status }: { status: CrmStatus }) {
  const { t } = useLingui()
  const word = crmStatusWords[status]
  return (
    <Badge tone={word.tone} shape={word.shape}>
      {t(word.label)}
    </Badge>
  )
}

export function VerdictBadge({ verdict }: { verdict: NotificationVerdict }) {
  const { t } = useLingui()
  const word = verdictWords[verdict]
  return (
    <Badge tone={word.tone} shape={word.shape}>
      {t(word.label)}
    </Badge>
  )
}
