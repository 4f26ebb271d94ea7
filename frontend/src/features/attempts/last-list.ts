import type { PaymentsSearch } from './search'

/** Where the operator came from: the attempt page goes back to the same list and the same row. */
export const lastList: { search: PaymentsSearch; attemptId: string | null } = { search: {}, attemptId: null }
