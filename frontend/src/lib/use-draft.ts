import { useState } from 'react'

/** What is being typed over a value kept elsewhere (the URL). A new value replaces the draft; the focus stays. */
export function useDraft(value: string): [string, (draft: string) => void] {
  const [state, setState] = useState({ value, draft: value })
  if (state.value !== value) setState({ value, draft: value })
  return [state.value === value ? state.draft : value, (draft) => setState({ value, draft })]
}
