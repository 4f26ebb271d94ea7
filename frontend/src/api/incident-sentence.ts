import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { IncidentView } from '#src/gen/types.gen'
import { formatSince } from '#src/lib/time'

/** An incident in one sentence, as it can be read out over the telephone. */
export function useIncidentSentence() {
  const { t } = useLingui()

  const numbers = ({ paid, healed, waiting }: IncidentView['counts']) => {
    const paidText = t`${plural(paid, { one: '# оплата', few: '# оплаты', many: '# оплат', other: '# оплаты' })}`
    const waitingText = t`${plural(waiting, { one: '# ждёт', few: '# ждут', many: '# ждут', other: '# ждут' })}`
    return t`${paidText}, ${healed} восстановлено опросом, ${waitingText}`
  }

  const began = ({ kind, since, closed_at }: IncidentView) => {
    const from = formatSince(since)
    if (closed_at === null) {
      return kind === 'silent' ? t`Уведомления не приходят с ${from}` : t`Часть уведомлений теряется с ${from}`
    }
    const to = formatSince(closed_at, new Date(since))
    return kind === 'silent'
      ? t`Уведомления не приходили с ${from} до ${to}`
      : t`Часть уведомлений терялась с ${from} до ${to}`
  }

  return (incident: IncidentView) => `${began(incident)}, ${numbers(incident.counts)}`
}
