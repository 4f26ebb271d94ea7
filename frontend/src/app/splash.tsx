import { Loader } from '@mantine/core'
import styles from './splash.module.css'

export function Splash() {
  return (
    <div className={styles.splash}>
      <Loader size="sm" />
    </div>
  )
}
