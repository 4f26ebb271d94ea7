import { Plural, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ProblemNotice } from '#src/api/problem-notice'
import { BankStatusBadge, CrmStatusBadge } from '#src/api/status-badges'
import type { AttemptView } from '#src/gen/types.gen'
import { formatFull, formatShort } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { useRowKeys } from '#src/lib/use-row-keys'
import { ListTable } from '#src/ui/list-table'
import table from '#src/ui/list-table.module.css'
import { Pager } from '#src/ui/pager'
import styles from './incident-page.module.css'
import { incidentAttemptsQuery } from './queries'

const route = getRouteApi('/_app/incidents/$id')

/** The payments whose notification did not come. */
export function IncidentAttempts({ id }: { id: string }) {
  const { t } = useLingui()
  const { after } = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery(incidentAttemptsQuery(id, after))
  const total = list.data?.total.value ?? 0
  useRowKeys()
  return (
    <section className={styles.section} aria-labelledby="payments">
      <div className={styles.sectionHead}>
        <h2 id="payments">{t`Платежи без уведомления`}</h2>
        <span className="quiet">
          {list.data && <Plural value={total} one="# платёж" few="# платежа" many="# платежей" other="# платежа" />}
        </span>
      </div>
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <p className="quiet">{t`О каждой оплате банк сообщил сам.`}</p>}
      {list.data?.items.length !== 0 && !list.isError && (
        <ListTable
          caption={t`Платежи без уведомления, новые сверху`}
          loading={list.isPending}
          dimmed={list.isPlaceholderData}
          columns={[
            { key: 'created', title: t`Создан`, width: 100 },
            { key: 'client', title: t`Клиент` },
            { key: 'order', title: t`Заказ`, width: 110, from: 'medium' },
            { key: 'amount', title: t`Сумма`, width: 112, align: 'right' },
            { key: 'status', title: t`Статус от банка`, width: 150 },
            { key: 'crm', title: t`Синхронизировано с CRM`, width: 172, from: 'wide' },
          ]}
        >
          {list.data?.items.map((attempt) => (
            <Row key={attempt.id} attempt={attempt} />
          ))}
        </ListTable>
      )}
      {(after !== undefined || list.data?.next_cursor) && (
        <Pager
          after={after}
          nextCursor={list.isPlaceholderData ? null : (list.data?.next_cursor ?? null)}
          onGo={(next) => void navigate({ search: next === undefined ? {} : { after: next } })}
        />
      )}
    </section>
  )
}

function Row({ attempt }: { attempt: AttemptView }) {
  const format = useFormat()
  return (
    <tr className={table.row}>
      <td className={table.soft} title={formatFull(attempt.created_at)}>
        {formatShort(attempt.created_at)}
      </td>
      <td>
        <Link to="/payments/$id" params={{ id: attempt.id }} className={table.link} data-row-link="">
          {attempt.client.name}
        </Link>
      </td>
      <td data-from="medium" title={attempt.order_number}>
        {attempt.order_number}
      </td>
      <td className={table.num}>{format.money(attempt.amount)}</td>
      <td>
        <BankStatusBadge status={attempt.bank_status} />
      </td>
      <td data-from="wide">
        <CrmStatusBadge status={attempt.crm_status} />
      </td>
    </tr>
  )
}
