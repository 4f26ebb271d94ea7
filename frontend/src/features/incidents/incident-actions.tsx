import { Plural, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMayMend } from '#src/api/may-mend'
import { ProblemNotice } from '#src/api/problem-notice'
import { queryBankForIncident, resendForIncident } from '#src/gen'
import type { IncidentDetails } from '#src/gen/types.gen'
import { Notice } from '#src/ui/notice'
import styles from './incident-page.module.css'

export function IncidentActions({ incident }: { incident: IncidentDetails }) {
  const { t } = useLingui()
  const client = useQueryClient()
  const mayMend = useMayMend()
  const ask = useMutation({
    mutationFn: async () => (await queryBankForIncident({ path: { id: incident.id }, throwOnError: true })).data,
    onSuccess: () => void client.invalidateQueries({ queryKey: ['incidents'] }),
  })
  const resend = useMutation({ mutationFn: () => resendForIncident({ path: { id: incident.id }, throwOnError: true }) })
  return (
    <div className={styles.actions}>
      <div className={styles.buttons}>
        <Button loading={ask.isPending} disabled={!mayMend} onClick={() => ask.mutate()}>
          {t`Запросить банк по всем`}
        </Button>
        {incident.can_resend && (
          <Button variant="default" loading={resend.isPending} disabled={!mayMend} onClick={() => resend.mutate()}>
            {t`Попросить банк прислать ещё раз`}
          </Button>
        )}
        <Link
          to="/bank-accounts/$bank/$account"
          params={{ bank: incident.bank, account: incident.bank_account }}
          className="button-link"
        >
          {t`Проверить уведомления`}
        </Link>
      </div>
      {!mayMend && <p className="quiet">{t`Спрашивать банк может оператор: у вас право только смотреть.`}</p>}
      {ask.isError && <ProblemNotice error={ask.error} onRetry={() => ask.mutate()} />}
      {ask.isSuccess && <Queued count={ask.data.queued} />}
      {resend.isError && <ProblemNotice error={resend.error} />}
      {resend.isSuccess && (
        <Notice tone="good" role="status" title={t`Банк принял просьбу`}>
          <p>{t`Уведомления придут в ближайшие минуты.`}</p>
        </Notice>
      )}
    </div>
  )
}

/** The questions go one after another under the bank's limit, so the answer is a promise, not a result. */
function Queued({ count }: { count: number }) {
  const { t } = useLingui()
  if (count === 0) {
    return <Notice tone="good" role="status" title={t`Спрашивать не о чем: о каждом платеже ответ банка уже есть.`} />
  }
  return (
    <Notice
      tone="info"
      role="status"
      title={
        <Plural
          value={count}
          one="Спрашиваем банк об # платеже"
          few="Спрашиваем банк о # платежах"
          many="Спрашиваем банк о # платежах"
          other="Спрашиваем банк о # платежах"
        />
      }
    >
      <p>{t`По очереди, не чаще, чем разрешает банк. Таблица ниже обновляется сама.`}</p>
    </Notice>
  )
}
