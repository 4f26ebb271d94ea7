import { BankStatusBadge, CrmStatusBadge } from '#src/api/status-badges'
import type { BankStatus, BankStatusChange, CrmStatusChange } from '#src/gen/types.gen'
import { ArrowIcon } from '#src/ui/icons'
import styles from './timeline.module.css'

export function BankStatusMove({ from, to }: { from: BankStatus; to: BankStatus }) {
  return (
    <span className={styles.change}>
      <BankStatusBadge status={from} />
      <ArrowIcon size={12} />
      <BankStatusBadge status={to} />
    </span>
  )
}

type Props = { bank?: BankStatusChange | null; crm?: CrmStatusChange | null }

export function StatusChange({ bank, crm }: Props) {
  return (
    <>
      {bank && bank.from !== bank.to && <BankStatusMove from={bank.from} to={bank.to} />}
      {crm && crm.from !== crm.to && (
        <span className={styles.change}>
          <CrmStatusBadge status={crm.from} />
          <ArrowIcon size={12} />
          <CrmStatusBadge status={crm.to} />
        </span>
      )}
    </>
  )
}
