import { queryOptions } from '@tanstack/react-query'
import { listBankAccounts } from '#src/gen'

export const bankAccountsQuery = () =>
  queryOptions({
    queryKey: ['bank-accounts'],
    queryFn: async ({ signal }) => (await listBankAccounts({ signal, throwOnError: true })).data.items,
    refetchInterval: 30_000,
  })
