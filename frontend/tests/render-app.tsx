import { I18nProvider } from '@lingui/react'
import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, RouterProvider } from '@tanstack/react-router'
import { render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { password, user } from '#mock/access'
import { signIn } from '#src/api/session'
import { createAppRouter } from '#src/app/router'
import { cssVariablesResolver, theme } from '#src/app/theme'
import { i18n } from '#src/lib/i18n'
import { Toasts } from '#src/ui/toast'

/** The whole application at an address, with the operator signed in. */
export async function renderApp(path: string, { signedIn = true } = {}) {
  if (signedIn) await signIn({ email: user.email, password })
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const router = createAppRouter(queryClient, createMemoryHistory({ initialEntries: [path] }))
  render(
    <I18nProvider i18n={i18n}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} env="test">
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <Toasts />
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>,
  )
  return { router, user: userEvent.setup() }
}
