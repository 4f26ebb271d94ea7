import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import {
  getRegistry,
  listBankAccounts,
  listRegistries,
  listRegistryLines,
  listRegistryMappings,
  previewRegistry,
} from '#src/gen'
import type { PreviewView } from '#src/gen/types.gen'
import { asItIs } from './as-it-is'
import { type LinesSearch, pageSize, type RegistriesSearch } from './search'

export const registriesQuery = (search: RegistriesSearch) =>
  queryOptions({
    queryKey: ['registries', 'list', search],
    queryFn: async ({ signal }) => {
      const { bank, account, after } = search
      const query = { bank, bank_account: account, cursor: after?.at(-1), limit: pageSize }
      return (await listRegistries({ query, signal, throwOnError: true })).data
    },
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  })

export const registryQuery = (id: string) =>
  queryOptions({
    queryKey: ['registries', 'one', id],
    queryFn: async ({ signal }) => (await getRegistry({ path: { id }, signal, throwOnError: true })).data,
  })

export const linesQuery = (id: string, search: LinesSearch) =>
  queryOptions({
    queryKey: ['registries', 'lines', id, search],
    queryFn: async ({ signal }) => {
      const query = { result: search.result, cursor: search.after?.at(-1), limit: pageSize }
      return (await listRegistryLines({ path: { id }, query, signal, throwOnError: true })).data
    },
    placeholderData: keepPreviousData,
  })

export const mappingsQuery = () =>
  queryOptions({
    queryKey: ['registry-mappings'],
    queryFn: async ({ signal }) => (await listRegistryMappings({ signal, throwOnError: true })).data,
  })

/** A file is the same while the browser says so; the bank decides which layouts are tried. */
export const previewQuery = (file: File, bank: string, mapping: string | undefined) =>
  queryOptions({
    queryKey: ['registry-preview', file.name, file.size, file.lastModified, bank, mapping],
    queryFn: async (): Promise<PreviewView> =>
      (
        await previewRegistry({
          query: { bank, file_name: file.name, mapping },
          body: asItIs(file),
          throwOnError: true,
        })
      ).data,
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
