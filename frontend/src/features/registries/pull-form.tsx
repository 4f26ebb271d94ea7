import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { AccountChoice, type AccountName } from '#src/api/account-choice'
import { ProblemNotice } from '#src/api/problem-notice'
import { type PullBody, pullRegistry } from '#src/gen'
import type { RegistryView } from '#src/gen/types.gen'
import { rangeOf } from '#src/lib/period'
import { zoneLabel } from '#src/lib/time'
import { DateField } from '#src/ui/date-field'
import type { Chosen } from './file-upload'
import { dayBefore, tooLong } from './pull-period'
import { listingAccountsQuery } from './queries'
import styles from './upload-page.module.css'

type Props = {
  chosen: Chosen
  onChoose: (chosen: Chosen) => void
  onDone: (registry: RegistryView, known: boolean) => void
}

/** The bank's own list of operations for some days: the same reconciliation without a file. */
export function PullForm({ chosen, onChoose, onDone }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const accounts = useQuery(listingAccountsQuery())
  const [from, setFrom] = useState<string | undefined>(() => dayBefore(new Date()))
  const [to, setTo] = useState<string | undefined>(from)
  const lists = ({ bank, account }: AccountName) =>
    accounts.data?.find((one) => one.bank === bank && one.name === account)?.abilities.lists === true
  const { bank, account } = chosen
  const able = bank !== undefined && account !== undefined && lists({ bank, account })
  const range = rangeOf({ from, to })
  const long = tooLong(range)
  const pull = useMutation({
    mutationFn: async (body: PullBody) => (await pullRegistry({ body, throwOnError: true })).data,
    onSuccess: (registry) => {
      void client.invalidateQueries({ queryKey: ['registries'] })
      onDone(registry, false)
    },
  })
  return (
    <form
      className={styles.pull}
      onSubmit={(event) => {
        event.preventDefault()
        if (!able || range.from === undefined || range.to === undefined || long) return
        pull.mutate({
          bank,
          bank_account: account,
          from: range.from.toISOString(),
          to: range.to.toISOString(),
        })
      }}
    >
      <AccountChoice chosen={chosen} onChange={onChoose} only={lists} />
      {bank !== undefined && accounts.isSuccess && !able && (
        <p className={styles.ask}>{t`Этот банк не отдаёт список операций: загрузите файл.`}</p>
      )}
      <div className={styles.dates}>
        <DateField label={t`С`} value={from} onChange={setFrom} />
        <DateField label={t`По`} value={to} onChange={setTo} />
      </div>
      <p className="quiet">{t`По день включительно, ${zoneLabel()}; не больше 31 дня за раз.`}</p>
      {long && (
        <p className={styles.error} role="alert">
          {t`Это больше 31 дня: возьмите по частям.`}
        </p>
      )}
      {pull.isError && <ProblemNotice error={pull.error} />}
      <div className={styles.buttons}>
        <Button
          type="submit"
          loading={pull.isPending}
          disabled={!able || long || range.from === undefined || range.to === undefined}
        >{t`Взять операции у банка`}</Button>
      </div>
    </form>
  )
}
