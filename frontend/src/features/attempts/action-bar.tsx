import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { problemTexts } from '#src/api/problem-text'
import type { Action, ActionView, AttemptView, NextStep } from '#src/gen/types.gen'
import styles from './action-bar.module.css'
import { actionHints, actionWords } from './words'

const stepOf: Record<Action, NextStep> = {
  bank_query: 'bank_query',
  status_override: 'override',
  resync: 'resync',
  posted_by_hand: 'posted_by_hand',
}

type Props = { attempt: AttemptView; busy: boolean; onAct: (name: Action) => void }

/** The server says what is allowed; this only draws it. A button that can't be pressed says why, in place. */
export function ActionBar({ attempt, busy, onAct }: Props) {
  // Only the first step is advice to act now: "wait, or else resync" must not shine as "resync".
  const [first] = attempt.diagnosis.next_steps
  return (
    <div className={styles.bar}>
      {attempt.actions.map((action) => (
        <ActionCell
          key={action.action}
          action={action}
          advised={action.allowed && stepOf[action.action] === first}
          busy={busy && action.action === 'bank_query'}
          onAct={onAct}
        />
      ))}
    </div>
  )
}

type CellProps = { action: ActionView; advised: boolean; busy: boolean; onAct: (name: Action) => void }

function ActionCell({ action: { action, allowed, reason }, advised, busy, onAct }: CellProps) {
  const { t } = useLingui()
  const why = reason ? t(problemTexts[reason]) : t`Сейчас это действие недоступно.`
  const note = `action-note-${action}`
  return (
    <div className={styles.cell}>
      <Button
        variant={advised ? 'filled' : 'default'}
        className={styles.button}
        // Not `disabled`: the focus must reach it, or a keyboard user never learns the reason.
        data-disabled={!allowed || undefined}
        aria-disabled={!allowed}
        aria-describedby={note}
        loading={busy}
        onClick={() => onAct(action)}
      >
        {t(actionWords[action])}
      </Button>
      <p id={note} className={styles.note}>
        {allowed ? t(actionHints[action]) : why}
      </p>
    </div>
  )
}
