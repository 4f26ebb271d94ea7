import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { connectionsQuery, isTroubled } from '#src/api/connections'
import { ProblemNotice } from '#src/api/problem-notice'
import type { ConnectionView } from '#src/gen/types.gen'
import { useRowKeys } from '#src/lib/use-row-keys'
import { Page } from '#src/ui/page'
import { ConnectionCard } from './connection-card'
import styles from './connections-page.module.css'

const weight = (connection: ConnectionView) =>
  (isTroubled(connection) ? 2 : 0) + (connection.backlog.held + connection.backlog.refused > 0 ? 1 : 0)

/** Do the payments get into the accounting systems? One in trouble stands first. */
export function ConnectionsPage() {
  const { t } = useLingui()
  const connections = useQuery(connectionsQuery())
  const sorted = [...(connections.data ?? [])].sort((a, b) => weight(b) - weight(a))
  useRowKeys()
  return (
    <Page
      title={t`Учётные системы`}
      heading={t`Учётные системы`}
      subtitle={t`Куда передаются оплаты и возвраты, работает ли связь и что ждёт.`}
    >
      {connections.isError && <ProblemNotice error={connections.error} onRetry={() => void connections.refetch()} />}
      {connections.isPending && (
        <div className={styles.list} aria-busy="true">
          <Skeleton height={150} />
          <Skeleton height={150} />
        </div>
      )}
      {connections.isSuccess && sorted.length === 0 && (
        <p className="quiet">{t`Ни одна учётная система не подключена: их задаёт администратор в конфигурации.`}</p>
      )}
      <div className={styles.list}>
        {sorted.map((connection) => (
          <ConnectionCard key={connection.name} connection={connection} />
        ))}
      </div>
    </Page>
  )
}
