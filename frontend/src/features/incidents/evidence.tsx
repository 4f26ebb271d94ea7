import { useLingui } from '@lingui/react/macro'
import type { IncidentView } from '#src/gen/types.gen'
import { useFormat } from '#src/lib/use-format'
import { oneIn } from './odds'

/** Why this is called an incident, in words: what was to be expected, what came, and how likely that is by chance. */
export function Evidence({ incident }: { incident: IncidentView }) {
  const { t } = useLingui()
  const format = useFormat()
  const { expected, observed, probability } = incident.evidence
  const usual = format.number(expected < 10 ? Math.round(expected * 10) / 10 : Math.round(expected))
  const seen = format.number(observed)
  const times = oneIn(probability)
  const chance =
    times === null ? t`Случайно так не бывает.` : t`Случайно так бывает один раз из ${format.number(times)}.`
  const facts =
    incident.kind === 'silent'
      ? t`Обычно за это время приходит уведомлений: ${usual}, пришло: ${seen}.`
      : t`Обычно теряется уведомлений: ${usual}, потеряно: ${seen}.`
  return (
    <p>
      {facts} {chance}
    </p>
  )
}
