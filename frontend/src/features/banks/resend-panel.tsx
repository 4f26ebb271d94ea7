import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useMayMend } from '#src/api/may-mend'
import { ProblemNotice } from '#src/api/problem-notice'
import { resendNotifications } from '#src/gen'
import { Notice } from '#src/ui/notice'
import styles from './callback-check-page.module.css'

/** For the banks that keep what they could not deliver. */
export function ResendPanel({ bank, account }: { bank: string; account: string }) {
  const { t } = useLingui()
  const mayMend = useMayMend()
  const resend = useMutation({
    mutationFn: () => resendNotifications({ path: { bank, bank_account: account }, throwOnError: true }),
  })
  return (
    <section className={styles.panel} aria-labelledby="resend">
      <div className={styles.panelHead}>
        <h2 id="resend">{t`Недоставленные уведомления`}</h2>
        <Button variant="default" loading={resend.isPending} disabled={!mayMend} onClick={() => resend.mutate()}>
          {t`Попросить банк прислать ещё раз`}
        </Button>
      </div>
      <p className="quiet">{t`Банк хранит уведомления, которые не смог доставить, и пришлёт их снова. Уже принятые ничего не изменят.`}</p>
      {resend.isError && <ProblemNotice error={resend.error} />}
      {resend.isSuccess && (
        <Notice tone="good" role="status" title={t`Банк принял просьбу`}>
          <p>{t`Уведомления придут в ближайшие минуты.`}</p>
        </Notice>
      )}
    </section>
  )
}
