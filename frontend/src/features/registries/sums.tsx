import { useLingui } from '@lingui/react/macro'
import type { Money, RegistryView } from '#src/gen/types.gen'
import { useFormat } from '#src/lib/use-format'
import { AddsUp } from './adds-up'
import styles from './registry-page.module.css'

/** The sums of the lines beside those the bank declares, with the difference where there is one. */
export function Sums({ registry }: { registry: RegistryView }) {
  const { t } = useLingui()
  const { sums, declared } = registry
  return (
    <section className={styles.sums} aria-label={t`Суммы`}>
      <table>
        <caption className="visually-hidden">{t`Суммы по строкам и заявленные банком`}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{t`По строкам`}</th>
            <th scope="col">{t`Заявил банк`}</th>
            <th scope="col">{t`Разница`}</th>
          </tr>
        </thead>
        <tbody>
          <Row name={t`Оплаты`} sum={sums.payments} declared={declared.payments} />
          <Row name={t`Возвраты`} sum={sums.refunds} declared={declared.refunds} />
          <Row name={t`Комиссия`} sum={sums.fees} declared={declared.fees} />
          {sums.other.amount !== 0 && <Row name={t`Прочее`} sum={sums.other} declared={null} />}
          <Row name={t`К выплате`} sum={sums.payout} declared={declared.payout} strong />
        </tbody>
      </table>
      <p className={styles.addsUp}>
        <span className="quiet">{t`Итоги банка`}</span> <AddsUp value={registry.adds_up} />
      </p>
    </section>
  )
}

type RowProps = { name: string; sum: Money; declared: Money | null; strong?: boolean }

function Row({ name, sum, declared, strong = false }: RowProps) {
  const format = useFormat()
  const difference = declared === null ? 0 : sum.amount - declared.amount
  return (
    <tr data-strong={strong}>
      <th scope="row">{name}</th>
      <td>{format.money(sum)}</td>
      <td>{declared === null ? <span className="quiet">—</span> : format.money(declared)}</td>
      <td className={difference === 0 ? undefined : styles.difference}>
        {difference === 0 ? '' : format.money({ amount: difference, currency: sum.currency })}
      </td>
    </tr>
  )
}
