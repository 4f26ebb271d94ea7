/**
 * The contract says raw bytes, which the generated client calls a string; it hands a body over untouched, and `fetch`
 * sends a file byte for byte.
 */
export const asItIs = (file: Blob) => file as unknown as string
