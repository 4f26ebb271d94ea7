import { type ExportAttemptsData, exportAttempts } from '#src/gen'
import { type PaymentsSearch, toQuery } from './search'

export type ExportFormat = NonNullable<NonNullable<ExportAttemptsData['query']>['format']>

/** Everything that the search found as a file, whatever page is shown. Rejects when it did not come whole. */
export async function downloadFound(search: PaymentsSearch, format: ExportFormat): Promise<void> {
  const { cursor: _, limit: __, ...filters } = toQuery(search)
  const { data } = await exportAttempts({ query: { ...filters, format }, parseAs: 'blob', throwOnError: true })
  const address = URL.createObjectURL(data as unknown as Blob)
  const link = document.createElement('a')
  link.href = address
  link.download = `payments.${format}`
  link.click()
  // The browser has begun to save it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
