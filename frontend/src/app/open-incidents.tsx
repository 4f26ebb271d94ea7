import { Plural } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { openIncidentsQuery } from '#src/api/open-incidents'
import styles from './header.module.css'

/** The number of open incidents; nothing while all is calm. */
export function OpenIncidents() {
  const { data } = useQuery(openIncidentsQuery())
  const open = data?.total.value ?? 0
  if (open === 0) return null
  return (
    <span className={styles.badge}>
      <span aria-hidden="true">{open}</span>
      <span className="visually-hidden">
        <Plural value={open} one="# открыт" few="# открыты" many="# открыто" other="# открыто" />
      </span>
    </span>
  )
}
