import { queryOptions } from '@tanstack/react-query'
import { type BankAccount, draft } from '#src/api/draft'
import { listBankAccounts } from '#src/gen'

export const bankAccountsQuery = () =>
  queryOptions({
    queryKey: ['bank-accounts'],
    queryFn: async ({ signal }) => (await listBankAccounts({ signal, throwOnError: true })).data.items as BankAccount[],
    refetchInterval: 30_000,
  })

export const callbackCheckQuery = (bank: string, account: string) =>
  queryOptions({
    queryKey: ['callback-check', bank, account],
    queryFn: ({ signal }) => draft.callbackCheck(bank, account, { signal }),
    refetchInterval: 10_000,
  })
