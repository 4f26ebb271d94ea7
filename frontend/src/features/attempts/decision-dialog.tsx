import { useLingui } from '@lingui/react/macro'
import type { AttemptView, Choice, FoundDocument, HoldView } from '#src/gen/types.gen'
import { Dialog } from '#src/ui/dialog'
import { DecisionForm } from './decision-form'
import { choiceWords, sendWords } from './hold-words'

/** What a person is about to decide, before the reason is given. */
export type Decided = {
  choice: Choice
  document?: FoundDocument
  client?: { key: string; name: string | null }
}

type Props = {
  attempt: AttemptView
  hold: HoldView
  decided: Decided | null
  onClose: () => void
  onDone: (text: string) => void
}

export function DecisionDialog({ attempt, hold, decided, onClose, onDone }: Props) {
  const { t } = useLingui()
  const again = decided?.choice === 'send' && hold.documents.length === 0
  const title = again ? sendWords.again : choiceWords[decided?.choice ?? 'link']
  return (
    <Dialog opened={decided !== null} onClose={onClose} title={t(title)} size={500}>
      {decided !== null && (
        <DecisionForm attempt={attempt} hold={hold} decided={decided} onCancel={onClose} onDone={onDone} />
      )}
    </Dialog>
  )
}
