import { queryOptions } from '@tanstack/react-query'
import { checkCallbacks, listBankAccounts } from '#src/gen'

export const bankAccountsQuery = () =>
  queryOptions({
    queryKey: ['bank-accounts'],
    queryFn: async ({ signal }) => (await listBankAccounts({ signal, throwOnError: true })).data.items,
    refetchInterval: 30_000,
  })

export const callbackCheckQuery = (bank: string, account: string) =>
  queryOptions({
    queryKey: ['callback-check', bank, account],
    queryFn: async ({ signal }) =>
      (await checkCallbacks({ path: { bank, bank_account: account }, signal, throwOnError: true })).data,
    refetchInterval: 10_000,
  })
