import { HttpResponse } from 'msw'
import type { CallbackCheckView, NotificationVerdict, NotificationView } from '#src/gen/types.gen'
import { guarded } from '../../guarded'
import { world } from '../../world'

export const getCallbackCheck = guarded('get', 'bank-accounts/:bank/:account/callback-check', ({ params }) => {
  const { bank = '', account = '' } = params
  const last = (verdict: NotificationVerdict): NotificationView | null =>
    [...world.notifications.values()].find((one) => one.bank === bank && one.verdict === verdict) ?? null
  const check: CallbackCheckView = {
    bank,
    bank_account: account,
    callback_url: `https://sverka.example/callbacks/${bank}/${account}`,
    methods: ['GET', 'POST'],
    last_genuine: last('accepted'),
    last_rejected: last('rejected'),
    last_orphan: last('orphan'),
    last_self_test: world.selfTests.get(`${bank}/${account}`) ?? null,
  }
  return HttpResponse.json(check)
})
