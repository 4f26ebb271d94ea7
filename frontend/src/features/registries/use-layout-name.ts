import { useLingui } from '@lingui/react/macro'
import { layoutWords } from './words'

const saved = 'saved:'

/** A layout as a person calls it; a saved one by its own name. */
export function useLayoutName() {
  const { t } = useLingui()
  return (layout: string) => {
    if (layout.startsWith(saved)) return t`раскладка «${layout.slice(saved.length)}»`
    const words = layoutWords[layout]
    return words === undefined ? layout : t(words)
  }
}
