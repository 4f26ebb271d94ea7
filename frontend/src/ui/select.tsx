import { type ReactNode, useId } from 'react'
import styles from './select.module.css'

type Option = { value: string; label: string }
type Props = {
  label: ReactNode
  value: string
  options: ReadonlyArray<Option>
  onChange: (value: string) => void
  hint?: ReactNode
}

/** The browser's own list: it is fast, it is read aloud right, and it opens over anything. */
export function Select({ label, value, options, onChange, hint }: Props) {
  const id = useId()
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <select
        id={id}
        className={styles.select}
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <span id={`${id}-hint`} className={styles.hint}>
          {hint}
        </span>
      )}
    </div>
  )
}
