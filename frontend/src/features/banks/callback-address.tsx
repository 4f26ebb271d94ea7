import { useLingui } from '@lingui/react/macro'
import type { CallbackCheckView } from '#src/gen/types.gen'
import { CopyButton } from '#src/ui/copy-button'
import styles from './callback-check-page.module.css'
import { whereToPaste } from './where-to-paste'

/** The exact address, and where in the bank's cabinet it goes. */
export function CallbackAddress({ check }: { check: CallbackCheckView }) {
  const { t } = useLingui()
  return (
    <section className={styles.panel} aria-labelledby="address">
      <h2 id="address">{t`Адрес для кабинета банка`}</h2>
      <div className={styles.address}>
        <code>{check.callback_url}</code>
        <CopyButton value={check.callback_url} label={t`Скопировать адрес уведомлений`} />
      </div>
      <p className="quiet">{t`Принимает ${check.methods.join(t` и `)}. Вставляйте целиком, без пробелов.`}</p>
      <ol className={styles.steps}>
        {whereToPaste(check.bank).map((step) => (
          <li key={step.id}>{t(step)}</li>
        ))}
      </ol>
    </section>
  )
}
