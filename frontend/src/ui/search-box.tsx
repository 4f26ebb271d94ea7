import { useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import type { Ref } from 'react'
import { focusRow } from '#src/lib/row-focus'
import { useDraft } from '#src/lib/use-draft'
import { SearchIcon } from '#src/ui/icons'
import styles from './search-box.module.css'

type Props = {
  ref: Ref<HTMLInputElement>
  value: string
  label: string
  placeholder: string
  onFind: (q: string) => void
}

/** Searches on Enter or «Найти», not on each key: the operator types while listening to the client. */
export function SearchBox({ ref, value, label, placeholder, onFind }: Props) {
  const { t } = useLingui()
  const [text, setText] = useDraft(value)
  return (
    <search className={styles.box}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          onFind(text.trim())
        }}
      >
        <TextInput
          ref={ref}
          className={styles.input}
          type="search"
          size="sm"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur()
            if (event.key !== 'ArrowDown') return
            event.preventDefault()
            focusRow(1)
          }}
          leftSection={<SearchIcon />}
          rightSection={<kbd className={styles.kbd}>/</kbd>}
          rightSectionPointerEvents="none"
          placeholder={placeholder}
          aria-label={label}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" size="sm" className={styles.button}>{t`Найти`}</Button>
      </form>
    </search>
  )
}
