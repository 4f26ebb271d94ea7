// Imports flow one way: app -> features -> api -> ui -> lib -> gen. A feature never imports another one,
// or the next change of one breaks the other. Also holds the size of a file.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const order = ['gen', 'locales', 'lib', 'ui', 'api', 'features', 'app']
const longest = 400
const complaints = []

function filesIn(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesIn(path) : [path]
  })
}

const partsOf = (path) => relative(join(root, 'src'), path).split('/')

/** From which layer and feature to which. */
function judge(from, to, file, specifier) {
  const [layer, feature] = from
  const [target, targetFeature] = to
  if (!order.includes(layer) || !order.includes(target)) return
  if (order.indexOf(target) > order.indexOf(layer)) {
    complaints.push(`${file}: ${layer} must not import ${target} (${specifier})`)
  }
  if (layer === 'features' && target === 'features' && feature !== targetFeature) {
    complaints.push(`${file}: feature ${feature} must not import feature ${targetFeature} (${specifier})`)
  }
}

for (const path of filesIn(join(root, 'src'))) {
  if (!/\.tsx?$/.test(path) || path.includes('/src/gen/')) continue
  const file = relative(root, path)
  const text = readFileSync(path, 'utf8')
  for (const [, specifier] of text.matchAll(/(?:from|import)\s*\(?'([^']+)'/g)) {
    if (specifier.startsWith('#src/')) judge(partsOf(path), specifier.slice(5).split('/'), file, specifier)
    else if (specifier.startsWith('.'))
      judge(partsOf(path), partsOf(resolve(dirname(path), specifier)), file, specifier)
    else if (specifier.startsWith('#mock/') && !/\.test\.tsx?$/.test(path)) {
      complaints.push(`${file}: only tests may import the fake server (${specifier})`)
    }
  }
}

for (const folder of ['src', 'mock', 'tests', 'e2e', 'scripts']) {
  for (const path of filesIn(join(root, folder))) {
    if (path.includes('/src/gen/') || !/\.(tsx?|css|mjs)$/.test(path)) continue
    const lines = readFileSync(path, 'utf8').split('\n').length
    if (lines > longest) complaints.push(`${relative(root, path)}: ${lines} lines, the cap is ${longest}`)
  }
}

if (complaints.length > 0) {
  console.error(complaints.join('\n'))
  process.exit(1)
}
console.log('boundaries: ok')
