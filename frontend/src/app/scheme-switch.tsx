import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Tooltip, useMantineColorScheme } from '@mantine/core'
import { AutoIcon, MoonIcon, SunIcon } from '#src/ui/icons'

const next = { auto: 'light', light: 'dark', dark: 'auto' } as const

export function SchemeSwitch() {
  const { t } = useLingui()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const words = { auto: t`Тема: как в системе`, light: t`Тема: светлая`, dark: t`Тема: тёмная` }
  const icons = { auto: <AutoIcon />, light: <SunIcon />, dark: <MoonIcon /> }
  return (
    <Tooltip label={words[colorScheme]}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={words[colorScheme]}
        onClick={() => setColorScheme(next[colorScheme])}
      >
        {icons[colorScheme]}
      </ActionIcon>
    </Tooltip>
  )
}
