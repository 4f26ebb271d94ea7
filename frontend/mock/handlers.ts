import { login } from './handlers/auth/login'
import { logout } from './handlers/auth/logout'
import { me } from './handlers/auth/me'
import { refresh } from './handlers/auth/refresh'
import { getCallbackCheck } from './handlers/bank-accounts/get-callback-check'
import { listBankAccounts } from './handlers/bank-accounts/list-bank-accounts'
import { resendNotifications } from './handlers/bank-accounts/resend-notifications'
import { selfTestCallback } from './handlers/bank-accounts/self-test-callback'
import { bulkQueryBank, bulkResync } from './handlers/bulk/begin-bulk-run'
import { getBulkRun, listBulkRows, listBulkRuns } from './handlers/bulk/get-bulk-run'
import { startBulkRun, stopBulkRun } from './handlers/bulk/start-bulk-run'
import { getConnection } from './handlers/connections/get-connection'
import { listConnectionDeliveries } from './handlers/connections/list-connection-deliveries'
import { listConnections } from './handlers/connections/list-connections'
import { pauseConnection } from './handlers/connections/pause-connection'
import { resumeConnection } from './handlers/connections/resume-connection'
import { testConnection } from './handlers/connections/test-connection'
import { listHolds } from './handlers/holds/list-holds'
import { getIncident } from './handlers/incidents/get-incident'
import { listIncidentAttempts } from './handlers/incidents/list-incident-attempts'
import { listIncidents } from './handlers/incidents/list-incidents'
import { queryIncidentAttempts } from './handlers/incidents/query-incident-attempts'
import { resendIncident } from './handlers/incidents/resend-incident'
import { getNotification } from './handlers/notifications/get-notification'
import { listNotifications } from './handlers/notifications/list-notifications'
import { processNotification } from './handlers/notifications/process-notification'
import { decide } from './handlers/payment-attempts/decide'
import { getAttempt } from './handlers/payment-attempts/get-attempt'
import { listEvents } from './handlers/payment-attempts/list-events'
import { markPostedByHand } from './handlers/payment-attempts/mark-posted-by-hand'
import { overrideStatus } from './handlers/payment-attempts/override-status'
import { queryBank } from './handlers/payment-attempts/query-bank'
import { resync } from './handlers/payment-attempts/resync'
import { searchAttempts } from './handlers/payment-attempts/search-attempts'
import { getReference } from './handlers/reference/get-reference'
import { deleteRegistryMapping } from './handlers/registries/delete-registry-mapping'
import { getRegistry } from './handlers/registries/get-registry'
import { listRegistries } from './handlers/registries/list-registries'
import { listRegistryLines } from './handlers/registries/list-registry-lines'
import { listRegistryMappings } from './handlers/registries/list-registry-mappings'
import { mendLine } from './handlers/registries/mend-line'
import { previewRegistry } from './handlers/registries/preview-registry'
import { pullRegistry } from './handlers/registries/pull-registry'
import { putRegistryMapping } from './handlers/registries/put-registry-mapping'
import { uploadRegistry } from './handlers/registries/upload-registry'

export const handlers = [
  login,
  refresh,
  logout,
  me,
  getReference,
  // Before the operations of one attempt, whose paths would take «bulk» for an id.
  bulkResync,
  bulkQueryBank,
  searchAttempts,
  getAttempt,
  listEvents,
  queryBank,
  overrideStatus,
  resync,
  markPostedByHand,
  listBankAccounts,
  getCallbackCheck,
  selfTestCallback,
  resendNotifications,
  listNotifications,
  getNotification,
  processNotification,
  listIncidents,
  getIncident,
  listIncidentAttempts,
  queryIncidentAttempts,
  resendIncident,
  listRegistries,
  getRegistry,
  listRegistryLines,
  uploadRegistry,
  previewRegistry,
  pullRegistry,
  mendLine,
  listRegistryMappings,
  putRegistryMapping,
  deleteRegistryMapping,
  listConnections,
  getConnection,
  listConnectionDeliveries,
  pauseConnection,
  resumeConnection,
  testConnection,
  listHolds,
  decide,
  listBulkRuns,
  getBulkRun,
  listBulkRows,
  startBulkRun,
  stopBulkRun,
]
