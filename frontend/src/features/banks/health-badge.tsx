import { useLingui } from '@lingui/react/macro'
import type { BankAccountView } from '#src/gen/types.gen'
import { Badge } from '#src/ui/badge'

/** Do notifications come? Silence of an account that has never spoken is not yet news. */
export function HealthBadge({ account }: { account: BankAccountView }) {
  const { t } = useLingui()
  if (account.incident) return <Badge tone="bad" shape="square">{t`Открыт инцидент`}</Badge>
  if (account.alarms.length > 0) return <Badge tone="bad" shape="square">{t`Есть тревоги`}</Badge>
  if (!account.last_notification_at) return <Badge tone="mute" shape="ring">{t`Уведомлений ещё не было`}</Badge>
  return <Badge tone="good">{t`Уведомления приходят`}</Badge>
}
