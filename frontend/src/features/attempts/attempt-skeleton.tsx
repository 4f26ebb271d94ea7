import { Skeleton } from '@mantine/core'
import styles from './attempt-page.module.css'

/** The real page's blocks at their real height: nothing moves when the answer comes. */
export function AttemptSkeleton() {
  return (
    <div className={styles.page} aria-busy="true">
      <Skeleton height={92} mt={12} />
      <Skeleton height={188} />
      <div className={styles.columns}>
        <Skeleton height={420} />
        <Skeleton height={420} />
      </div>
    </div>
  )
}
