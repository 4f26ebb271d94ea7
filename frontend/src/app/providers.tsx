import { I18nProvider } from '@lingui/react'
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { ApiError } from '#src/api/api-error'
import { i18n } from '#src/lib/i18n'
import { Toasts } from '#src/ui/toast'
import { cspNonce } from './csp-nonce'
import { createAppRouter } from './router'
import { cssVariablesResolver, theme } from './theme'

/** Trying again helps a broken line or a server that is starting, never a refusal. */
const worthRetrying = (failures: number, error: Error) =>
  failures < 2 && error instanceof ApiError && (error.code === 'network' || error.status >= 502)

const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: worthRetrying, staleTime: 1_000 }, mutations: { retry: false } },
})

const colorScheme = localStorageColorSchemeManager({ key: 'sverka.scheme' })
const router = createAppRouter(queryClient)

export function Providers() {
  return (
    <I18nProvider i18n={i18n}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariablesResolver}
        colorSchemeManager={colorScheme}
        defaultColorScheme="auto"
        getStyleNonce={() => cspNonce() ?? ''}
      >
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
          <Toasts />
        </QueryClientProvider>
      </MantineProvider>
    </I18nProvider>
  )
}
