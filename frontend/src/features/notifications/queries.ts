import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { draft } from '#src/api/draft'
import { type NotificationsSearch, toQuery } from './search'

export const notificationsQuery = (search: NotificationsSearch) =>
  queryOptions({
    queryKey: ['notifications', 'list', search],
    queryFn: ({ signal }) => draft.notifications(toQuery(search), { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })

export const notificationQuery = (id: string) =>
  queryOptions({
    queryKey: ['notifications', 'one', id],
    queryFn: ({ signal }) => draft.notification(id, { signal }),
  })
