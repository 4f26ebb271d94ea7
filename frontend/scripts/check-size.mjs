// What the landing page loads first, in gzip: bytes are the performance gate that no noisy machine can blur.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

const dist = resolve(import.meta.dirname, '../dist')
const limits = { js: 215, css: 28, lazyJs: 40 }
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8'))
const kib = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1024

const entry = Object.values(manifest).find((chunk) => chunk.isEntry)
const first = new Map()
function follow(chunk) {
  if (first.has(chunk.file)) return
  first.set(chunk.file, chunk)
  for (const name of chunk.imports ?? []) follow(manifest[name])
}
follow(entry)

const sum = (files) => [...new Set(files)].reduce((total, file) => total + kib(file), 0)
const js = sum([...first.values()].map((chunk) => chunk.file))
const css = sum([...first.values()].flatMap((chunk) => chunk.css ?? []))
console.log(`first load: js ${js.toFixed(1)} KiB (limit ${limits.js}), css ${css.toFixed(1)} KiB (limit ${limits.css})`)

let failed = js > limits.js || css > limits.css
for (const chunk of Object.values(manifest)) {
  if (!chunk.isDynamicEntry) continue
  const own = kib(chunk.file)
  console.log(`lazy: ${chunk.file} ${own.toFixed(1)} KiB (limit ${limits.lazyJs})`)
  failed ||= own > limits.lazyJs
}
if (failed) {
  console.error('the size gate is broken: move something out of the first load')
  process.exit(1)
}
