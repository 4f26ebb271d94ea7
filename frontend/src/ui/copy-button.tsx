import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Tooltip } from '@mantine/core'
import { useState } from 'react'
import { CheckIcon, CopyIcon } from './icons'

async function copy(text: string) {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // Without https there is no clipboard API; the old way still works.
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    document.execCommand('copy')
    area.remove()
  }
}

export function CopyButton({ value, label }: { value: string; label: string }) {
  const { t } = useLingui()
  const [copied, setCopied] = useState(false)
  const onClick = async () => {
    await copy(value)
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  return (
    <Tooltip label={copied ? t`Скопировано` : label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        aria-label={copied ? t`Скопировано` : label}
        onClick={() => void onClick()}
      >
        {copied ? <CheckIcon size={14} /> : <CopyIcon size={14} />}
      </ActionIcon>
    </Tooltip>
  )
}
