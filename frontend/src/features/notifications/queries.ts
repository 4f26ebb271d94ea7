import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { getNotification, listNotifications } from '#src/gen'
import { type NotificationsSearch, toQuery } from './search'

export const notificationsQuery = (search: NotificationsSearch) =>
  queryOptions({
    queryKey: ['notifications', 'list', search],
    queryFn: async ({ signal }) =>
      (await listNotifications({ query: toQuery(search), signal, throwOnError: true })).data,
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })

export const notificationQuery = (id: string) =>
  queryOptions({
    queryKey: ['notifications', 'one', id],
    queryFn: async ({ signal }) => (await getNotification({ path: { id }, signal, throwOnError: true })).data,
  })
