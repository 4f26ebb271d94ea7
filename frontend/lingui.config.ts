import { defineConfig } from '@lingui/cli'
import { formatter } from '@lingui/format-po'

// Origins and line numbers are left out: a moved line must not show up as a changed catalogue.
export default defineConfig({
  locales: ['ru', 'en'],
  sourceLocale: 'ru',
  catalogs: [{ path: 'src/locales/{locale}', include: ['src'], exclude: ['src/gen/**', '**/*.test.*'] }],
  format: formatter({ origins: false, lineNumbers: false }),
  orderBy: 'message',
  compileNamespace: 'es',
})
