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
import { bankAccountsQuery } from '#src/features/banks/queries'
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

const bankAccounts = createRoute({
  getParentRoute: () => app,
  path: 'bank-accounts',
  loader: ({ context }) => void context.queryClient.prefetchQuery(bankAccountsQuery()),
  component: lazyRouteComponent(() => import('#src/features/banks/bank-accounts-page'), 'BankAccountsPage'),
})

const routeTree = root.addChildren([
  home,
  signIn,
  app.addChildren([payments.addChildren([paymentsList, attempt]), bankAccounts]),
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
