import type { Tone } from '#src/ui/tone'
import styles from './choice-group.module.css'

type Option<T extends string> = { value: T; label: string; tone?: Tone }
type Props<T extends string> = {
  legend: string
  values?: ReadonlyArray<T>
  options: ReadonlyArray<Option<T>>
  onChange: (values: T[] | undefined) => void
}

/** Native checkboxes drawn as tags: all choices are seen at once, and a choice applies at once. */
export function ChoiceGroup<T extends string>({ legend, values = [], options, onChange }: Props<T>) {
  if (options.length === 0) return null
  const toggle = (value: T) => {
    const next = options
      .map((option) => option.value)
      .filter((one) => (one === value ? !values.includes(one) : values.includes(one)))
    onChange(next.length === 0 ? undefined : next)
  }
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option.value} className={styles.option} data-tone={option.tone}>
            <input type="checkbox" checked={values.includes(option.value)} onChange={() => toggle(option.value)} />
            {option.tone !== undefined && <span className={styles.dot} aria-hidden="true" />}
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
