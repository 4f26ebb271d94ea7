import { useShortcuts } from './keyboard'
import { focusRow } from './row-focus'

/** j, k and the arrows walk the rows of the only table of a page. */
export function useRowKeys() {
  useShortcuts({
    KeyJ: () => focusRow(1),
    ArrowDown: () => focusRow(1),
    KeyK: () => focusRow(-1),
    ArrowUp: () => focusRow(-1),
  })
}
