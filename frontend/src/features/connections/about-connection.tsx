import { useLingui } from '@lingui/react/macro'
import { useTitles } from '#src/api/reference'
import type { ConnectionView } from '#src/gen/types.gen'
import { Fact } from '#src/ui/facts'
import styles from './connection-page.module.css'
import { classWords } from './words'

/** What goes there, and what its system can do: the rules that the configuration and the kind of system set. */
export function AboutConnection({ connection }: { connection: ConnectionView }) {
  const { t } = useLingui()
  const title = useTitles()
  const { takes, abilities } = connection
  const account = (id: string) => {
    const [bank = '', name = ''] = id.split('/')
    return `${title.bank(bank)} · ${name}`
  }
  const list = (codes: ReadonlyArray<string>, name: (code: string) => string) =>
    codes.length === 0 ? t`все` : codes.map(name).join(', ')
  return (
    <section className={styles.box} aria-labelledby="about">
      <h2 id="about">{t`Как устроено`}</h2>
      <p>
        <b>{t(classWords[connection.class].short)}.</b> {t(classWords[connection.class].text)}
      </p>
      <p>
        {abilities.looks_up
          ? t`Перед передачей Сверка ищет, не внесли ли эту оплату вручную.`
          : t`Искать в этой системе нельзя: внесённое вручную Сверка не увидит.`}{' '}
        {abilities.matches_clients &&
          t`Клиента находит по номеру, телефону или почте; если не нашла одного, спросит человека.`}
      </p>
      <dl className={styles.facts}>
        <Fact name={t`Клубы`}>{list(takes.merchants, title.merchant)}</Fact>
        <Fact name={t`Типы оплаты`}>{list(takes.payment_types, title.paymentType)}</Fact>
        <Fact name={t({ message: 'Эквайринг', context: 'one account' })}>{list(takes.bank_accounts, account)}</Fact>
      </dl>
    </section>
  )
}
