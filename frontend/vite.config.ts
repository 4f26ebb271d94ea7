import { fileURLToPath } from 'node:url'
import { lingui, linguiTransformerBabelPreset } from '@lingui/vite-plugin'
import babel from '@rolldown/plugin-babel'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { mockApi } from './mock/vite-plugin.ts'

// Lingui advises its native transform at each start; why it is not taken is said below.
process.env.LINGUI_SUPPRESS_BABEL_WARNING = '1'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig(({ mode }) => ({
  plugins: [
    react(),
    lingui({ failOnMissing: mode === 'production' }),
    // Not `macroTransform`: its native binary is an optional dependency for Node 22 and newer, so an `npm ci`
    // under an older npm leaves it out and the build fails. Babel works wherever npm does.
    babel({ presets: [linguiTransformerBabelPreset()] }),
    mode === 'mock' && mockApi(),
  ],
  resolve: { alias: { '#src': here('./src'), '#mock': here('./mock') } },
  html: { cspNonce: '__CSP_NONCE__' },
  build: { target: 'es2023', manifest: true, assetsInlineLimit: 0 },
  server: { proxy: { '/api': process.env.SVERKA_API ?? 'http://127.0.0.1:8080' } },
  test: {
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://localhost:3000' } },
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/setup.ts'],
    maxWorkers: 2,
    testTimeout: 20_000,
  },
}))
