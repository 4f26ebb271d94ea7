import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { holdReasonWords } from '#src/api/holds'
import { ProblemNotice } from '#src/api/problem-notice'
import type { ConnectionView, DeliveryView } from '#src/gen/types.gen'
import { formatFull, formatShort } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { useRowKeys } from '#src/lib/use-row-keys'
import { Badge } from '#src/ui/badge'
import { ListTable } from '#src/ui/list-table'
import table from '#src/ui/list-table.module.css'
import { Pager } from '#src/ui/pager'
import { Segments } from '#src/ui/segments'
import styles from './connection-page.module.css'
import { deliveriesQuery } from './queries'
import { type ConnectionSearch, parseConnectionSearch, waitStates } from './search'
import { deliveryWords, kindWords, waitWords } from './words'

const route = getRouteApi('/_app/connections/$name')

/** What waits here: for the system, for a person, or to be mended after a refusal. The longest first. */
export function Deliveries({ connection }: { connection: ConnectionView }) {
  const { t } = useLingui()
  const format = useFormat()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const state = search.state ?? 'waiting'
  const list = useQuery(deliveriesQuery(connection.name, state, search.after))
  const go = (part: Partial<ConnectionSearch>) =>
    void navigate({ search: parseConnectionSearch({ ...search, after: undefined, ...part }), resetScroll: false })
  useRowKeys()
  const counts = connection.backlog
  const empty = list.data?.items.length === 0
  return (
    <section className={styles.section} aria-labelledby="deliveries">
      <div className={styles.sectionHead}>
        <h2 id="deliveries">{t`Передачи`}</h2>
        <Segments
          legend={t`Какие передачи`}
          value={state}
          options={waitStates.map((value) => ({
            value,
            label: `${t(waitWords[value].tab)} ${format.number(counts[value])}`,
          }))}
          onChange={(value) => go({ state: value === 'waiting' ? undefined : value })}
        />
      </div>
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {empty && <p className={styles.empty}>{t(waitWords[state].empty)}</p>}
      {!empty && !(list.isError && list.data === undefined) && (
        <ListTable
          caption={t`Передачи, самые давние сверху`}
          loading={list.isPending}
          dimmed={list.isPlaceholderData}
          skeletons={8}
          columns={[
            { key: 'since', title: t`Ждёт с`, width: 104 },
            { key: 'client', title: t`Клиент` },
            { key: 'amount', title: t`Сумма`, width: 118, align: 'right' },
            { key: 'state', title: t`Состояние`, width: 178 },
            { key: 'why', title: t`Ответ системы`, from: 'medium' },
          ]}
        >
          {list.data?.items.map((delivery) => (
            <Row key={delivery.id} delivery={delivery} />
          ))}
        </ListTable>
      )}
      {(search.after !== undefined || list.data?.next_cursor) && (
        <Pager
          after={search.after}
          nextCursor={list.isPlaceholderData ? null : (list.data?.next_cursor ?? null)}
          onGo={(after) => go({ after })}
        />
      )}
    </section>
  )
}

function Row({ delivery }: { delivery: DeliveryView }) {
  const { t } = useLingui()
  const format = useFormat()
  const { attempt, kind, since, tries, next_try_at, last_error } = delivery
  const { label, tone, shape } = deliveryWords[delivery.state]
  const held = delivery.state === 'held' ? attempt.hold : null
  const times = tries > 1 ? `, ${t`попытка ${tries}`}` : ''
  return (
    <tr className={table.row}>
      <td className={table.soft} title={formatFull(since)}>
        {formatShort(since)}
      </td>
      <td title={attempt.order_number}>
        <Link to="/payments/$id" params={{ id: attempt.id }} className={table.link} data-row-link="">
          {attempt.client.name}
        </Link>
        {kind === 'refund' && <span className="quiet"> · {t(kindWords.refund)}</span>}
      </td>
      <td className={table.num}>{format.money(delivery.amount)}</td>
      <td title={next_try_at === null ? undefined : t`повтор ${formatFull(next_try_at)}${times}`}>
        {held === null ? (
          <Badge tone={tone} shape={shape}>
            {t(label)}
          </Badge>
        ) : (
          <Badge tone={holdReasonWords[held.reason].tone} shape="square">
            {t(holdReasonWords[held.reason].label)}
          </Badge>
        )}
      </td>
      <td className={table.soft} data-from="medium" title={last_error ?? undefined}>
        {last_error}
      </td>
    </tr>
  )
}
