import { defineConfig } from '@hey-api/openapi-ts'

// The committed contract is the only input; OPENAPI_INPUT lets a draft be tried before it is committed.
export default defineConfig({
  input: process.env.OPENAPI_INPUT ?? '../openapi/openapi.json',
  output: { path: 'src/gen' },
  plugins: [
    { name: '@hey-api/client-fetch', throwOnError: true },
    { name: '@hey-api/typescript', enums: 'javascript' },
    '@hey-api/sdk',
    { name: '@tanstack/react-query' },
  ],
})
