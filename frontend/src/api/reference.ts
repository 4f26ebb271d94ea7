import { useLingui } from '@lingui/react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { getReference } from '#src/gen'

/** Codes and their titles: the same for every feature, and they change only with the configuration. */
export const referenceQuery = () =>
  queryOptions({
    queryKey: ['reference'],
    queryFn: async ({ signal }) => (await getReference({ signal, throwOnError: true })).data,
    staleTime: 10 * 60_000,
  })

/** Titles of codes. A code that the reference does not know (yet) is shown as it is. */
export function useTitles() {
  const { i18n } = useLingui()
  const { data } = useQuery(referenceQuery())
  const language = i18n.locale === 'en' ? 'en' : 'ru'
  return {
    paymentType: (code: string) => data?.payment_types.find((one) => one.code === code)?.title[language] ?? code,
    bank: (code: string) => data?.banks.find((one) => one.code === code)?.title[language] ?? code,
    merchant: (code: string) => data?.merchants.find((one) => one.code === code)?.title ?? code,
    manyMerchants: (data?.merchants.length ?? 0) > 1,
  }
}
