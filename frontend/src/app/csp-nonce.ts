/** The server puts a fresh nonce into the page; Mantine's inline styles are refused without it. */
export function cspNonce(): string | undefined {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content
  return nonce === undefined || nonce === '' || nonce === '__CSP_NONCE__' ? undefined : nonce
}
