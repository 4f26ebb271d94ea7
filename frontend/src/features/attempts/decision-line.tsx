import { useLingui } from '@lingui/react/macro'
import { holdReasonWords } from '#src/api/holds'
import type { TimelineEntryView } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import { decidedWords, matchRuleWords } from './hold-words'

type Details = TimelineEntryView['details']

const textOf = (details: Details, key: string) => (typeof details[key] === 'string' ? details[key] : null)
const wordOf = <Words extends object>(words: Words, key: string | null) =>
  key !== null && key in words ? words[key as keyof Words] : null

/** Why it was held, by what a document was found, what a person decided: whatever of it the entry tells. */
export function DecisionLine({ details }: { details: Details }) {
  const { t } = useLingui()
  const hold = wordOf(holdReasonWords, textOf(details, 'hold'))
  const rule = wordOf(matchRuleWords, textOf(details, 'rule'))
  const decision = wordOf(decidedWords, textOf(details, 'decision'))
  const key = textOf(details, 'document_key') ?? textOf(details, 'client_key')
  const until = textOf(details, 'until')
  if (hold === null && rule === null && decision === null) return null
  return (
    <p className="row-gap">
      {decision !== null && (
        <span>
          {t(decision)}
          {until !== null && ` ${t`до ${formatFull(until)}`}`}
        </span>
      )}
      {hold !== null && <span className="quiet">{t(hold.label)}</span>}
      {rule !== null && <span className="quiet">{t(rule)}</span>}
      {key !== null && <code>{key}</code>}
    </p>
  )
}
