import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { resetWorld } from '#mock/world'
import { configureClient } from '#src/api/client'
import { resetSession } from '#src/api/session'
import { activateLanguage } from '#src/lib/i18n'
import { server } from './server'

// What Mantine asks of a browser and jsdom does not have.
vi.stubGlobal('matchMedia', (query: string) => ({
  matches: false,
  media: query,
  onchange: null,
  addEventListener: () => {},
  removeEventListener: () => {},
  addListener: () => {},
  removeListener: () => {},
  dispatchEvent: () => false,
}))
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
)
window.scrollTo = () => {}
Element.prototype.scrollIntoView = () => {}

// A page's own code is loaded when it is opened, and a busy machine takes its time over that.
configure({ asyncUtilTimeout: 5_000 })

beforeAll(() => {
  server.listen({ onUnhandledFrame: 'error' })
  configureClient()
})

beforeEach(async () => {
  resetWorld()
  resetSession()
  await activateLanguage('ru')
})

afterEach(() => {
  cleanup()
  server.resetHandlers()
})

afterAll(() => server.close())
