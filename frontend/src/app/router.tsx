import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouterHistory,
  redirect,
} from '@tanstack/react-router'
import { referenceQuery } from '#src/api/reference'
import { restoreSession } from '#src/api/session'
import { attemptQuery, attemptsQuery } from '#src/features/attempts/queries'
import { parsePaymentsSearch } from '#src/features/attempts/search'
import { SearchPage } from '#src/features/attempts/search-page'
import { parseBulkRunSearch, parseBulkRunsSearch } from '#src/features/bulk/search'
import { parseConnectionSearch } from '#src/features/connections/search'
import { parseHoldsSearch } from '#src/features/holds/search'
import { parseIncidentSearch, parseIncidentsSearch } from '#src/features/incidents/search'
import { parseNotificationsSearch } from '#src/features/notifications/search'
import { parseLinesSearch, parseRegistriesSearch, parseUploadSearch } from '#src/features/registries/search'
import { parseSearch, stringifySearch } from '#src/lib/url-search'
import { NotFoundPage, RouteError } from './error-page'
import { Layout } from './layout'
import { Splash } from './splash'

type Context = { queryClient: QueryClient }

const root = createRootRouteWithContext<Context>()({ notFoundComponent: NotFoundPage, errorComponent: RouteError })

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (raw: Record<string, unknown>): { redirect?: string } =>
    // Only a path of this very app: an address elsewhere in the link must lead nowhere.
    typeof raw.redirect === 'string' && /^\/(?![/\\])/.test(raw.redirect) ? { redirect: raw.redirect } : {},
  component: lazyRouteComponent(() => import('#src/features/sign-in/sign-in-page'), 'SignInPage'),
})

const app = createRoute({
  getParentRoute: () => root,
  id: '_app',
  beforeLoad: async ({ location }) => {
    const session = await restoreSession()
    if (session.status === 'signed-out') throw redirect({ to: '/sign-in', search: { redirect: location.href } })
  },
  pendingComponent: Splash,
  component: Layout,
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/payments', search: {} })
  },
})

const payments = createRoute({ getParentRoute: () => app, path: 'payments' })

/** The landing page is in the first load: lazy, it would come a round trip later. */
const paymentsList = createRoute({
  getParentRoute: () => payments,
  path: '/',
  validateSearch: parsePaymentsSearch,
  loaderDeps: ({ search }) => ({ search }),
  // Started here, awaited nowhere: the old rows stay on the screen while the new ones load.
  loader: ({ context, deps }) => {
    void context.queryClient.prefetchQuery(referenceQuery())
    void context.queryClient.prefetchQuery(attemptsQuery(deps.search))
  },
  component: SearchPage,
})

const attempt = createRoute({
  getParentRoute: () => payments,
  path: '$id',
  loader: ({ context, params }) => {
    void context.queryClient.prefetchQuery(referenceQuery())
    void context.queryClient.prefetchQuery(attemptQuery(params.id))
  },
  component: lazyRouteComponent(() => import('#src/features/attempts/attempt-page'), 'AttemptPage'),
})

const bankAccounts = createRoute({ getParentRoute: () => app, path: 'bank-accounts' })

const bankAccountsList = createRoute({
  getParentRoute: () => bankAccounts,
  path: '/',
  component: lazyRouteComponent(() => import('#src/features/banks/bank-accounts-page'), 'BankAccountsPage'),
})

const callbackCheck = createRoute({
  getParentRoute: () => bankAccounts,
  path: '$bank/$account',
  component: lazyRouteComponent(() => import('#src/features/banks/callback-check-page'), 'CallbackCheckPage'),
})

const incidents = createRoute({ getParentRoute: () => app, path: 'incidents' })

const incidentsList = createRoute({
  getParentRoute: () => incidents,
  path: '/',
  validateSearch: parseIncidentsSearch,
  component: lazyRouteComponent(() => import('#src/features/incidents/incidents-page'), 'IncidentsPage'),
})

const incident = createRoute({
  getParentRoute: () => incidents,
  path: '$id',
  validateSearch: parseIncidentSearch,
  component: lazyRouteComponent(() => import('#src/features/incidents/incident-page'), 'IncidentPage'),
})

const registries = createRoute({ getParentRoute: () => app, path: 'registries' })

const registriesList = createRoute({
  getParentRoute: () => registries,
  path: '/',
  validateSearch: parseRegistriesSearch,
  component: lazyRouteComponent(() => import('#src/features/registries/registries-page'), 'RegistriesPage'),
})

const registryUpload = createRoute({
  getParentRoute: () => registries,
  path: 'new',
  validateSearch: parseUploadSearch,
  component: lazyRouteComponent(() => import('#src/features/registries/upload-page'), 'UploadPage'),
})

const registry = createRoute({
  getParentRoute: () => registries,
  path: '$id',
  validateSearch: parseLinesSearch,
  component: lazyRouteComponent(() => import('#src/features/registries/registry-page'), 'RegistryPage'),
})

const notifications = createRoute({ getParentRoute: () => app, path: 'notifications' })

const notificationsList = createRoute({
  getParentRoute: () => notifications,
  path: '/',
  validateSearch: parseNotificationsSearch,
  component: lazyRouteComponent(() => import('#src/features/notifications/notifications-page'), 'NotificationsPage'),
})

const notification = createRoute({
  getParentRoute: () => notifications,
  path: '$id',
  component: lazyRouteComponent(() => import('#src/features/notifications/notification-page'), 'NotificationPage'),
})

const connections = createRoute({ getParentRoute: () => app, path: 'connections' })

const connectionsList = createRoute({
  getParentRoute: () => connections,
  path: '/',
  component: lazyRouteComponent(() => import('#src/features/connections/connections-page'), 'ConnectionsPage'),
})

const connection = createRoute({
  getParentRoute: () => connections,
  path: '$name',
  validateSearch: parseConnectionSearch,
  component: lazyRouteComponent(() => import('#src/features/connections/connection-page'), 'ConnectionPage'),
})

const holds = createRoute({
  getParentRoute: () => app,
  path: 'holds',
  validateSearch: parseHoldsSearch,
  component: lazyRouteComponent(() => import('#src/features/holds/holds-page'), 'HoldsPage'),
})

const bulkRuns = createRoute({ getParentRoute: () => app, path: 'bulk-runs' })

const bulkRunsList = createRoute({
  getParentRoute: () => bulkRuns,
  path: '/',
  validateSearch: parseBulkRunsSearch,
  component: lazyRouteComponent(() => import('#src/features/bulk/bulk-runs-page'), 'BulkRunsPage'),
})

const bulkRun = createRoute({
  getParentRoute: () => bulkRuns,
  path: '$id',
  validateSearch: parseBulkRunSearch,
  component: lazyRouteComponent(() => import('#src/features/bulk/bulk-run-page'), 'BulkRunPage'),
})

const routeTree = root.addChildren([
  home,
  signIn,
  app.addChildren([
    payments.addChildren([paymentsList, attempt]),
    bankAccounts.addChildren([bankAccountsList, callbackCheck]),
    incidents.addChildren([incidentsList, incident]),
    registries.addChildren([registriesList, registryUpload, registry]),
    notifications.addChildren([notificationsList, notification]),
    connections.addChildren([connectionsList, connection]),
    holds,
    bulkRuns.addChildren([bulkRunsList, bulkRun]),
  ]),
])

export function createAppRouter(queryClient: QueryClient, history?: RouterHistory) {
  return createRouter({
    routeTree,
    history,
    context: { queryClient },
    parseSearch,
    stringifySearch,
    defaultPreload: false,
    defaultPendingMs: 200,
    scrollRestoration: true,
    defaultErrorComponent: RouteError,
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
  interface HistoryState {
    /** The attempt was opened from the list, so "back" is the browser's back, with its scroll. */
    fromList?: boolean
  }
}
