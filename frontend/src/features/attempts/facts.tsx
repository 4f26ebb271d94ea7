import { useLingui } from '@lingui/react/macro'
import type { ReactNode } from 'react'
import { useTitles } from '#src/api/reference'
import type { AttemptView } from '#src/gen/types.gen'
import { formatPhone } from '#src/lib/phone'
import { formatFull } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { CopyButton } from '#src/ui/copy-button'
import styles from './facts.module.css'
import { sourceWords } from './words'

export function Facts({ attempt }: { attempt: AttemptView }) {
  const { t } = useLingui()
  const format = useFormat()
  const title = useTitles()
  const { client } = attempt
  const metadata = Object.entries(attempt.metadata)
  return (
    <section className={styles.facts} aria-label={t`Сведения`}>
      <Group name={t`Клиент`}>
        <Fact name={t`Имя`}>{client.name}</Fact>
        <Fact name={t`Телефон`} copy={client.phone}>
          {client.phone && formatPhone(client.phone)}
        </Fact>
        <Fact name={t`Почта`} copy={client.email}>
          {client.email}
        </Fact>
        <Fact name={t`Номер клиента`} copy={client.external_id}>
          {client.external_id}
        </Fact>
      </Group>
      <Group name={t`Платёж`}>
        <Fact name={t`Номер заказа`} copy={attempt.order_number}>
          {attempt.order_number}
        </Fact>
        <Fact name={t`Тип оплаты`}>{title.paymentType(attempt.payment_type)}</Fact>
        <Fact name={t`Описание`}>{attempt.description}</Fact>
        <Fact name={t`Сумма`}>{format.money(attempt.amount)}</Fact>
        <Fact name={t`Возвращено`}>{attempt.refunded && format.money(attempt.refunded)}</Fact>
        <Fact name={t`Создан`}>{formatFull(attempt.created_at)}</Fact>
        <Fact name={t`Оплачен`}>{attempt.paid_at && formatFull(attempt.paid_at)}</Fact>
      </Group>
      <Group name={t`Банк`}>
        <Fact name={t`Банк`}>{title.bank(attempt.bank)}</Fact>
        <Fact name={t({ message: 'Эквайринг', context: 'one account' })}>{attempt.bank_account}</Fact>
        <Fact name={t`Клуб`}>{title.merchant(attempt.merchant)}</Fact>
        <Fact name={t`Номер в банке`} copy={attempt.bank_order_id}>
          {attempt.bank_order_id && <code>{attempt.bank_order_id}</code>}
        </Fact>
        <Fact name={t`Откуда статус`}>{t(sourceWords[attempt.bank_status_source])}</Fact>
        <Fact name={t`Спросим банк`}>{attempt.next_bank_query_at && formatFull(attempt.next_bank_query_at)}</Fact>
      </Group>
      <Group name={t`Учётная система`}>
        <Fact name={t`Документ`} copy={attempt.crm_document_ref}>
          {attempt.crm_document_ref ?? '—'}
        </Fact>
      </Group>
      {metadata.length > 0 && (
        <Group name={t`Данные приложения`}>
          {metadata.map(([name, value]) => (
            <Fact key={name} name={name}>
              {typeof value === 'string' ? value : JSON.stringify(value)}
            </Fact>
          ))}
        </Group>
      )}
      <p className={styles.id}>
        <code>{attempt.id}</code>
        <CopyButton value={attempt.id} label={t`Скопировать номер попытки`} />
      </p>
    </section>
  )
}

function Group({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <h2 className={styles.group}>{name}</h2>
      <dl>{children}</dl>
    </div>
  )
}

/** A fact nobody knows takes no line. */
function Fact({ name, copy, children }: { name: string; copy?: string | null; children: ReactNode }) {
  const { t } = useLingui()
  if (children === null || children === undefined || children === '') return null
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>
        <span className={styles.value}>{children}</span>
        {copy && <CopyButton value={copy} label={t`Скопировать: ${name}`} />}
      </dd>
    </div>
  )
}
