/** +79161234567 as people read it aloud; any other country's number is left as it came. */
export function formatPhone(phone: string): string {
  const match = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(phone)
  return match === null ? phone : `+7 ${match[1]} ${match[2]}-${match[3]}-${match[4]}`
}
