import { useLingui } from '@lingui/react/macro'
import type { AttemptView } from '#src/gen/types.gen'
import { Notice } from '#src/ui/notice'
import { StatusChange } from './status-change'
import styles from './timeline.module.css'

type Props = { before: AttemptView; after: AttemptView }

/** Somebody or something moved the attempt meanwhile: what exactly, and that pressing again is safe. */
export function ConflictNotice({ before, after }: Props) {
  const { t } = useLingui()
  const bankMoved = before.bank_status !== after.bank_status
  const crmMoved = before.crm_status !== after.crm_status
  return (
    <Notice tone="warn" role="alert" title={t`Попытка изменилась, пока вы работали с ней`}>
      {bankMoved && (
        <p className={styles.change}>
          {t`Статус от банка`}: <StatusChange bank={{ from: before.bank_status, to: after.bank_status }} />
        </p>
      )}
      {crmMoved && (
        <p className={styles.change}>
          {t`Синхронизировано с CRM`}: <StatusChange crm={{ from: before.crm_status, to: after.crm_status }} />
        </p>
      )}
      {!bankMoved && !crmMoved && <p>{t`Статусы прежние, изменились другие сведения.`}</p>}
      <p>{t`Ничего не записано. Проверьте решение и нажмите ещё раз: оно ляжет поверх нового состояния.`}</p>
    </Notice>
  )
}
