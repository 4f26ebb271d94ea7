// The catalogues must be what the source says (extract changes nothing) and complete (compile --strict).
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const catalogs = ['ru', 'en'].map((locale) => join(root, 'src/locales', `${locale}.po`))
const withoutDate = (text) => text.replace(/^"POT-Creation-Date:.*\n/m, '')
const run = (...args) => execFileSync('lingui', args, { cwd: root, stdio: 'pipe', encoding: 'utf8' })

const before = catalogs.map((path) => readFileSync(path, 'utf8'))
run('extract', '--clean')
const drifted = catalogs.filter((path, index) => {
  const after = readFileSync(path, 'utf8')
  writeFileSync(path, before[index])
  return withoutDate(after) !== withoutDate(before[index])
})
if (drifted.length > 0) {
  console.error(`out of date: ${drifted.join(', ')}\nrun: npm run messages`)
  process.exit(1)
}
try {
  run('compile', '--strict')
} catch (error) {
  console.error(error.stdout, error.stderr)
  process.exit(1)
}
console.log('messages: ok')
