import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Select } from '#src/ui/select'
import { referenceQuery, useTitles } from './reference'

export type AccountName = { bank: string; account: string }
type Chosen = Partial<AccountName>

const join = (bank: string, account: string) => `${bank}/${account}`

/** The bank accounts as a person calls them. */
export function useAccounts() {
  const { data } = useQuery(referenceQuery())
  const title = useTitles()
  const accounts = (data?.bank_accounts ?? []).map(({ bank, name }) => ({
    bank,
    account: name,
    label: `${title.bank(bank)} · ${name}`,
  }))
  return accounts.sort((a, b) => a.label.localeCompare(b.label))
}

type Props = {
  label?: ReactNode
  chosen: Chosen
  onChange: (chosen: Chosen) => void
  /** What an empty choice means; without it one must be chosen. */
  anyLabel?: string
  only?: (account: AccountName) => boolean
}

export function AccountChoice({ label, chosen, onChange, anyLabel, only = () => true }: Props) {
  const { t } = useLingui()
  const accounts = useAccounts().filter(only)
  const value = chosen.bank && chosen.account ? join(chosen.bank, chosen.account) : ''
  const known = accounts.some((one) => join(one.bank, one.account) === value)
  return (
    <Select
      label={label ?? t({ message: 'Эквайринг', context: 'one account' })}
      value={value}
      options={[
        { value: '', label: anyLabel ?? t`Выберите эквайринг` },
        ...(value !== '' && !known ? [{ value, label: value }] : []),
        ...accounts.map((one) => ({ value: join(one.bank, one.account), label: one.label })),
      ]}
      onChange={(next) => {
        const found = accounts.find((one) => join(one.bank, one.account) === next)
        onChange({ bank: found?.bank, account: found?.account })
      }}
    />
  )
}
