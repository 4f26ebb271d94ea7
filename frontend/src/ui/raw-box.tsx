import { CopyButton } from './copy-button'
import styles from './raw-box.module.css'

/** Text exactly as it came or as it is to be sent, with a button to copy it whole. */
export function RawBox({ text, copyLabel }: { text: string; copyLabel: string }) {
  return (
    <div className={styles.box}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard */}
      <pre tabIndex={0}>{text}</pre>
      <span className={styles.copy}>
        <CopyButton value={text} label={copyLabel} />
      </span>
    </div>
  )
}
