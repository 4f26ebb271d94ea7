/**
 * Search params as plain text: `status=paid,declined`, not the router's default JSON.
 * Such a link can be read, edited by hand and pasted into a chat.
 */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text))
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === false || value === '') continue
    const text = Array.isArray(value) ? value.join(',') : String(value)
    if (text !== '') params.set(key, text)
  }
  const text = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
  return text === '' ? '' : `?${text}`
}
