import { login } from './handlers/auth/login'
import { logout } from './handlers/auth/logout'
import { me } from './handlers/auth/me'
import { refresh } from './handlers/auth/refresh'
import { listBankAccounts } from './handlers/bank-accounts/list-bank-accounts'
import { getAttempt } from './handlers/payment-attempts/get-attempt'
import { listEvents } from './handlers/payment-attempts/list-events'
import { markPostedByHand } from './handlers/payment-attempts/mark-posted-by-hand'
import { overrideStatus } from './handlers/payment-attempts/override-status'
import { queryBank } from './handlers/payment-attempts/query-bank'
import { resync } from './handlers/payment-attempts/resync'
import { searchAttempts } from './handlers/payment-attempts/search-attempts'
import { getReference } from './handlers/reference/get-reference'

export const handlers = [
  login,
  refresh,
  logout,
  me,
  getReference,
  searchAttempts,
  getAttempt,
  listEvents,
  queryBank,
  overrideStatus,
  resync,
  markPostedByHand,
  listBankAccounts,
]
