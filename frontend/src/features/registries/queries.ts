import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { draft, type RegistryPreview } from '#src/api/draft'
import { listBankAccounts } from '#src/gen'
import { type LinesSearch, pageSize, type RegistriesSearch } from './search'

export const registriesQuery = (search: RegistriesSearch) =>
  queryOptions({
    queryKey: ['registries', 'list', search],
    queryFn: ({ signal }) =>
      draft.registries(
        { bank: search.bank, bank_account: search.account, cursor: search.after?.at(-1), limit: pageSize },
        { signal },
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })

export const registryQuery = (id: string) =>
  queryOptions({
    queryKey: ['registries', 'one', id],
    queryFn: ({ signal }) => draft.registry(id, { signal }),
  })

export const linesQuery = (id: string, search: LinesSearch) =>
  queryOptions({
    queryKey: ['registries', 'lines', id, search],
    queryFn: ({ signal }) =>
      draft.registryLines(id, { result: search.result, cursor: search.after?.at(-1), limit: pageSize }, { signal }),
    placeholderData: keepPreviousData,
  })

export const mappingsQuery = () =>
  queryOptions({
    queryKey: ['registry-mappings'],
    queryFn: ({ signal }) => draft.mappings({ signal }),
  })

/** A file is the same while the browser says so; the bank decides which layouts are tried. */
export const previewQuery = (file: File, bank: string, mapping: string | undefined) =>
  queryOptions({
    queryKey: ['registry-preview', file.name, file.size, file.lastModified, bank, mapping],
    queryFn: async (): Promise<RegistryPreview> =>
      (await draft.preview({ bank, file_name: file.name, mapping }, file)).data,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

/** Which bank accounts can hand over their list of operations. */
export const listingAccountsQuery = () =>
  queryOptions({
    queryKey: ['bank-accounts'],
    queryFn: async ({ signal }) => (await listBankAccounts({ signal, throwOnError: true })).data.items,
    staleTime: 60_000,
  })
