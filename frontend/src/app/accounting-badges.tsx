import { Plural } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { connectionsQuery, isTroubled } from '#src/api/connections'
import { heldCountQuery } from '#src/api/holds'
import styles from './header.module.css'

/** How many accounting systems take nothing now; nothing while all of them do. */
export function TroubledConnections() {
  const { data = [] } = useQuery(connectionsQuery())
  const count = data.filter(isTroubled).length
  if (count === 0) return null
  return (
    <span className={styles.badge}>
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">
        <Plural value={count} one="# не работает" few="# не работают" many="# не работают" other="# не работают" />
      </span>
    </span>
  )
}

/** How many payments wait for a person's decision. */
export function HeldCount() {
  const { data } = useQuery(heldCountQuery())
  const count = data?.value ?? 0
  if (count === 0) return null
  return (
    <span className={styles.badge} data-calm="">
      <span aria-hidden="true">
        {count}
        {data?.relation === 'gte' && '+'}
      </span>
      <span className="visually-hidden">
        <Plural value={count} one="# платёж" few="# платежа" many="# платежей" other="# платежа" />
      </span>
    </span>
  )
}
