import { getAttempt } from './handlers/attempts/get-attempt'
import { listEvents } from './handlers/attempts/list-events'
import { markPostedByHand } from './handlers/attempts/mark-posted-by-hand'
import { overrideStatus } from './handlers/attempts/override-status'
import { queryBank } from './handlers/attempts/query-bank'
import { resync } from './handlers/attempts/resync'
import { searchAttempts } from './handlers/attempts/search-attempts'
import { login } from './handlers/auth/login'
import { logout } from './handlers/auth/logout'
import { me } from './handlers/auth/me'
import { refresh } from './handlers/auth/refresh'
import { listBankAccounts } from './handlers/bank_accounts/list-bank-accounts'
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
