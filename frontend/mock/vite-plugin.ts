import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { Connect, Plugin } from 'vite'
import { runnerImport } from 'vite'

type Answer = (request: Request) => Promise<Response | undefined>

async function bodyOf(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return chunks.length === 0 ? undefined : Buffer.concat(chunks)
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const url = `http://${incoming.headers.host}${incoming.url}`
  const body = await bodyOf(incoming)
  const headers = new Headers(incoming.headers as Record<string, string>)
  return new Request(url, { method: incoming.method ?? 'GET', headers, body: body && new Uint8Array(body) })
}

/** The fake API is answered by this very server: real cookies, real status codes, no service worker. */
function serveApi(load: () => Promise<Answer>): Connect.NextHandleFunction {
  let answer: Promise<Answer> | undefined
  return async (incoming, outgoing, next) => {
    if (!incoming.url?.startsWith('/api/')) return next()
    answer ??= load()
    const response = await (await answer)(await toRequest(incoming))
    if (response === undefined) return next()
    outgoing.statusCode = response.status
    for (const [name, value] of response.headers) outgoing.appendHeader(name, value)
    outgoing.end(Buffer.from(await response.arrayBuffer()))
  }
}

/** The page as the real server serves it: a fresh nonce in it and the same policy beside it. */
function servePage(incoming: IncomingMessage, outgoing: ServerResponse, next: () => void) {
  const path = incoming.url?.split('?')[0] ?? '/'
  if (path.startsWith('/assets/') || path.startsWith('/api/')) return next()
  const nonce = randomBytes(16).toString('base64url')
  const own = `'self' 'nonce-${nonce}'`
  outgoing.setHeader(
    'Content-Security-Policy',
    `default-src 'self'; script-src ${own}; style-src ${own}; img-src 'self' data:; font-src 'self'; ` +
      `connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'`,
  )
  outgoing.setHeader('Content-Type', 'text/html; charset=utf-8')
  outgoing.end(readFileSync('dist/index.html', 'utf8').replaceAll('__CSP_NONCE__', nonce))
}

export function mockApi(): Plugin {
  const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
  const load = async () => {
    const alias = { '#src': here('../src'), '#mock': here('.') }
    const { module } = await runnerImport<{ answer: Answer }>(here('./answer.ts'), {
      configFile: false,
      resolve: { alias },
    })
    return module.answer
  }
  return {
    name: 'mock-api',
    configureServer: (server) => void server.middlewares.use(serveApi(load)),
    configurePreviewServer: (server) => {
      server.middlewares.use(serveApi(load))
      server.middlewares.use(servePage)
    },
  }
}
