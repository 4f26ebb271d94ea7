import { HttpResponse } from 'msw'
import { guarded, page } from '../../guarded'
import { problem } from '../../problem'
import { world } from '../../world'
import { runOf } from './runs'

export const listBulkRuns = guarded('get', 'bulk-runs', ({ query }) =>
  page([...world.runs.values()].map(({ run }) => run).reverse(), query),
)

export const getBulkRun = guarded('get', 'bulk-runs/:id', ({ params }) => {
  const found = runOf(params.id)
  return found === undefined ? problem(404, 'not_found') : HttpResponse.json(found.run)
})

export const listBulkRows = guarded('get', 'bulk-runs/:id/rows', ({ params, query }) => {
  const rows = runOf(params.id)?.rows ?? []
  return page(
    rows.filter((row) => !query.has('outcome') || row.outcome === query.get('outcome')),
    query,
  )
})
