import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { AttemptRow } from './attempt-row'
import styles from './attempt-table.module.css'
import type { CalmRow } from './use-calm-rows'

type Props = { rows: ReadonlyArray<CalmRow>; loading: boolean; dimmed: boolean; children: ReactNode }

const columnCount = 10
const skeletons = Array.from({ length: 24 }, (_, index) => index)

export function AttemptTable({ rows, loading, dimmed, children }: Props) {
  const { t } = useLingui()
  return (
    <div className={styles.frame}>
      <table className={styles.table} data-dimmed={dimmed} aria-busy={loading || dimmed}>
        <caption className="visually-hidden">{t`Попытки оплаты, новые сверху`}</caption>
        <thead>
          <tr>
            <th scope="col" className={styles.flag}>
              <span className="visually-hidden">{t`Отметки`}</span>
            </th>
            <th scope="col" className={styles.time}>{t`Создан`}</th>
            <th scope="col" className={styles.client}>{t`Клиент`}</th>
            <th scope="col" className={styles.phone}>{t`Телефон`}</th>
            <th scope="col" className={styles.order}>{t`Заказ`}</th>
            <th scope="col" className={styles.type}>{t`Тип оплаты`}</th>
            <th scope="col" className={styles.bank}>{t`Банк`}</th>
            <th scope="col" className={styles.money}>{t`Сумма`}</th>
            <th scope="col" className={styles.status}>{t`Статус от банка`}</th>
            <th scope="col" className={styles.crm}>{t`Синхронизировано с CRM`}</th>
          </tr>
        </thead>
        <tbody>
          {loading
            ? skeletons.map((index) => (
                <tr key={index} className={styles.row}>
                  <td colSpan={columnCount}>
                    <Skeleton height={10} width={`${96 - (index % 5) * 4}%`} />
                  </td>
                </tr>
              ))
            : rows.map(({ attempt, gone }) => <AttemptRow key={attempt.id} attempt={attempt} gone={gone} />)}
        </tbody>
      </table>
      {children}
    </div>
  )
}
