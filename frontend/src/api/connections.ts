import { useLingui } from '@lingui/react'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { type ConnectionView, listConnections } from '#src/gen'

const troubled = new Set<ConnectionView['state']>(['failing', 'stopped', 'paused'])

/** Whether payments pile up at it until somebody or something changes. */
export const isTroubled = (connection: ConnectionView) => troubled.has(connection.state)

/** Shown in the header of every page, so it is asked for once and often. */
export const connectionsQuery = () =>
  queryOptions({
    queryKey: ['connections', 'list'],
    queryFn: async ({ signal }) => (await listConnections({ signal, throwOnError: true })).data.items,
    refetchInterval: 15_000,
  })

/** «1С:Предприятие · crm»: the kind of system as people call it, and the name that the configuration gives it. */
export function useConnectionTitles() {
  const { i18n } = useLingui()
  const { data } = useQuery(connectionsQuery())
  const language = i18n.locale === 'en' ? 'en' : 'ru'
  return {
    kind: (connection: ConnectionView) => connection.title[language],
    /** By its name alone, where only that is known. */
    named: (name: string) => {
      const found = data?.find((one) => one.name === name)
      return found === undefined ? name : `${found.title[language]} · ${name}`
    },
  }
}
