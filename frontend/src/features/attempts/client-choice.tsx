import { useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { FoundClient } from '#src/gen/types.gen'
import { formatPhone } from '#src/lib/phone'
import styles from './hold-card.module.css'

type Props = { clients: ReadonlyArray<FoundClient>; onChoose?: (client: { key: string; name: string | null }) => void }

/** Whom the money is from: one of those found, or the one that a person made over there. */
export function ClientChoice({ clients, onChoose }: Props) {
  const { t } = useLingui()
  const [key, setKey] = useState('')
  const [wrong, setWrong] = useState(false)
  return (
    <section className={styles.card} aria-label={t`Клиент в учётной системе`}>
      <h3 className={styles.title}>{t`В учётной системе`}</h3>
      {clients.length > 0 ? (
        <ul className={styles.clients}>
          {clients.map((client) => (
            <li key={client.key} className={styles.client}>
              <span>
                <b>{client.name}</b>
                {client.phone && <span className={styles.second}>{formatPhone(client.phone)}</span>}
                {client.email && <span className={styles.second}>{client.email}</span>}
                <span className={styles.second}>
                  {t`код`} <code>{client.key}</code>
                </span>
              </span>
              {onChoose && (
                <Button onClick={() => onChoose(client)} aria-label={t`Это клиент: ${client.name}, код ${client.key}`}>
                  {t`Это он`}
                </Button>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <form
          className={styles.typed}
          onSubmit={(event) => {
            event.preventDefault()
            setWrong(key.trim() === '')
            if (key.trim() !== '') onChoose?.({ key: key.trim(), name: null })
          }}
        >
          <TextInput
            label={t`Код клиента в учётной системе`}
            description={t`Ссылка, номер или GUID: то, чем система сама его называет.`}
            value={key}
            maxLength={200}
            autoComplete="off"
            spellCheck={false}
            error={wrong && t`Введите код`}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          {onChoose && <Button type="submit">{t`Провести на этого клиента`}</Button>}
        </form>
      )}
    </section>
  )
}
