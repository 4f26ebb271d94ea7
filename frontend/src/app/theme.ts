import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eef3fe',
  '#dbe5fb',
  '#b7c9f5',
  '#90abef',
  '#6f92e9',
  '#5a82e5',
  '#4e79e3',
  '#3f67ca',
  '#2c55c2',
  '#24479f',
]

// The base of the dark scheme is #111214: Mantine's own greys are too light and too warm beside our tones.
const dark: MantineColorsTuple = [
  '#ececef',
  '#b6b7c0',
  '#989aa5',
  '#5d6069',
  '#373a41',
  '#25272c',
  '#1b1d21',
  '#111214',
  '#0d0e10',
  '#08090a',
]

export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 8,
  colors: { accent, dark },
  fontFamily: "'Inter Variable', Inter, system-ui, sans-serif",
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '15px', xl: '18px' },
  defaultRadius: 4,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    TextInput: { defaultProps: { size: 'xs' } },
    Textarea: { defaultProps: { size: 'xs' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 250, transitionProps: { duration: 0 } } },
    Modal: {
      styles: { title: { fontSize: '15px', fontWeight: 600 }, content: { border: '1px solid var(--line-strong)' } },
      defaultProps: {
        overlayProps: { backgroundOpacity: 0.35 },
        transitionProps: { duration: 80 },
        centered: false,
        yOffset: '8vh',
        // Mantine's <header> would be a second banner landmark on the page.
        attributes: { header: { role: 'presentation' } },
      },
    },
  },
})

/** Mantine's dimmed, placeholder and error greys are below the 4.5:1 that text needs; ours are not. */
export const cssVariablesResolver: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-body': 'var(--bg)',
    '--mantine-color-dimmed': 'var(--text-3)',
    '--mantine-color-placeholder': 'var(--text-3)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-default-border': 'var(--line-strong)',
  }
  return {
    variables: {},
    light: shared,
    dark: {
      ...shared,
      '--mantine-color-default': 'var(--bg-soft)',
      '--mantine-color-default-hover': 'var(--bg-hover)',
    },
  }
}
