import '@fontsource-variable/inter'
import './app/mantine-styles'
import './app/base.css'
import { setNonce } from 'get-nonce'
import { createRoot } from 'react-dom/client'
import { configureClient } from './api/client'
import { cspNonce } from './app/csp-nonce'
import { Providers } from './app/providers'
import { activateLanguage, storedLanguage } from './lib/i18n'

const nonce = cspNonce()
if (nonce !== undefined) setNonce(nonce)
configureClient()
await activateLanguage(storedLanguage())

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<Providers />)

// The next click is nearly always a row: its page is fetched while the operator reads the list.
setTimeout(() => void import('./features/attempts/attempt-page'), 2_000)
