import { useLingui } from '@lingui/react/macro'
import { Link } from '@tanstack/react-router'
import { useTitles } from '#src/api/reference'
import type { AttemptView } from '#src/gen/types.gen'
import { formatPhone } from '#src/lib/phone'
import { formatFull } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'
import { Fact, FactGroup, Facts as FactList, OwnId } from '#src/ui/facts'
import { matchRuleWords } from './hold-words'
import { sourceWords } from './words'

export function Facts({ attempt }: { attempt: AttemptView }) {
  const { t } = useLingui()
  const format = useFormat()
  const title = useTitles()
  const { client, payment_url, rrn } = attempt
  const metadata = Object.entries(attempt.metadata)
  return (
    <FactList label={t`Сведения`}>
      <FactGroup name={t`Клиент`}>
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
      </FactGroup>
      <FactGroup name={t`Платёж`}>
        <Fact name={t`Номер заказа`} copy={attempt.order_number}>
          {attempt.order_number}
        </Fact>
        <Fact name={t`Тип оплаты`}>{title.paymentType(attempt.payment_type)}</Fact>
        <Fact name={t`Описание`}>{attempt.description}</Fact>
        <Fact name={t`Сумма`}>{format.money(attempt.amount)}</Fact>
        <Fact name={t`Возвращено`}>{attempt.refunded && format.money(attempt.refunded)}</Fact>
        <Fact name={t`Создан`}>{formatFull(attempt.created_at)}</Fact>
        <Fact name={t`Оплачен`}>{attempt.paid_at && formatFull(attempt.paid_at)}</Fact>
      </FactGroup>
      <FactGroup name={t`Банк`}>
        <Fact name={t`Банк`}>{title.bank(attempt.bank)}</Fact>
        <Fact name={t({ message: 'Эквайринг', context: 'one account' })}>{attempt.bank_account}</Fact>
        <Fact name={t`Клуб`}>{title.merchant(attempt.merchant)}</Fact>
        <Fact name={t`Номер в банке`} copy={attempt.bank_order_id}>
          {attempt.bank_order_id && <code>{attempt.bank_order_id}</code>}
        </Fact>
        <Fact name="RRN" copy={rrn}>
          {rrn && <code>{rrn}</code>}
        </Fact>
        <Fact name={t`Страница оплаты`} copy={payment_url}>
          {payment_url && (
            <a href={payment_url} target="_blank" rel="noreferrer">
              {t`открыть`}
            </a>
          )}
        </Fact>
        <Fact name={t`Откуда статус`}>{t(sourceWords[attempt.bank_status_source])}</Fact>
        <Fact name={t`Спросим банк`}>{attempt.next_bank_query_at && formatFull(attempt.next_bank_query_at)}</Fact>
        <Fact name={t`Уведомления`}>
          <Link
            to="/notifications"
            search={{ q: attempt.order_number, bank: attempt.bank, account: attempt.bank_account }}
          >{t`все по этому заказу`}</Link>
        </Fact>
      </FactGroup>
      <FactGroup name={t`Учётная система`}>
        <Fact name={t`Документ`} copy={attempt.crm_document_ref}>
          {attempt.crm_document_ref ?? '—'}
        </Fact>
        <Fact name={t`Как связан`}>{attempt.crm_linked_by && t(matchRuleWords[attempt.crm_linked_by])}</Fact>
      </FactGroup>
      {metadata.length > 0 && (
        <FactGroup name={t`Данные приложения`}>
          {metadata.map(([name, value]) => (
            <Fact key={name} name={name}>
              {typeof value === 'string' ? value : JSON.stringify(value)}
            </Fact>
          ))}
        </FactGroup>
      )}
      <OwnId id={attempt.id} copyLabel={t`Скопировать номер попытки`} />
    </FactList>
  )
}
