import styles from './segments.module.css'

type Option<T extends string> = { value: T; label: string }
type Props<T extends string> = {
  legend: string
  value: T
  options: ReadonlyArray<Option<T>>
  onChange: (value: T) => void
}

/** One of a few, all seen at once. */
export function Segments<T extends string>({ legend, value, options, onChange }: Props<T>) {
  return (
    <fieldset className={styles.segments}>
      <legend className="visually-hidden">{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.segment}>
          <input type="radio" name={legend} checked={option.value === value} onChange={() => onChange(option.value)} />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
