import { useLingui } from '@lingui/react/macro'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { parseTyped, showTyped } from '#src/lib/period'
import { useDraft } from '#src/lib/use-draft'

type Props = { label: string; value: string | undefined; onChange: (value: string | undefined) => void }

/** A date is faster typed than picked, and the browser's own date field shows mm/dd/yyyy. */
export function DateField({ label, value, onChange }: Props) {
  const { t } = useLingui()
  const [text, setText] = useDraft(value === undefined ? '' : showTyped(value))
  const [wrong, setWrong] = useState(false)
  const commit = () => {
    const parsed = text.trim() === '' ? undefined : parseTyped(text)
    setWrong(parsed === null)
    if (parsed !== null && parsed !== value) onChange(parsed)
  }
  return (
    <TextInput
      label={label}
      value={text}
      placeholder={t`ДД.ММ.ГГГГ`}
      error={wrong ? t`Например, 24.11 или 24.11.2026 14:30` : undefined}
      autoComplete="off"
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit()
      }}
    />
  )
}
