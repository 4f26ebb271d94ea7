import { useLingui } from '@lingui/react/macro'
import type { AttemptView } from '#src/gen/types.gen'
import { Dialog } from '#src/ui/dialog'
import { BankAnswerNotice } from './bank-answer-notice'
import styles from './dialogs.module.css'
import { OverrideForm } from './override-form'
import type { BankQuery } from './use-bank-query'

type Props = { attempt: AttemptView; asking: BankQuery; opened: boolean; onClose: () => void; onDone: () => void }

/** First what the bank says now, then the decision: most overrides turn out not to be needed. */
export function OverrideDialog({ attempt, asking, opened, onClose, onDone }: Props) {
  const { t } = useLingui()
  return (
    <Dialog opened={opened} onClose={onClose} title={t`Изменить статус`} size={560}>
      <div className={styles.body}>
        <BankAnswerNotice asking={asking} bank={attempt.bank} />
        {attempt.override_options.length === 0 ? (
          <p>{t`Ручной статус сейчас поставить нельзя.`}</p>
        ) : (
          <OverrideForm attempt={attempt} waiting={asking.isPending} onCancel={onClose} onDone={onDone} />
        )}
      </div>
    </Dialog>
  )
}
