import { useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { referenceQuery, useTitles } from '#src/api/reference'
import type { RegistryLineView } from '#src/gen/types.gen'
import { useFormat } from '#src/lib/use-format'
import { Dialog } from '#src/ui/dialog'
import { Select } from '#src/ui/select'
import styles from './record-dialog.module.css'

type What = { payment_type?: string; client_name?: string }
type Props = {
  line: RegistryLineView | null
  onClose: () => void
  onRecord: (line: RegistryLineView, what: What) => void
}

/** Mounted closed, so that the focus returns to the button that opened it. */
export function RecordDialog({ line, onClose, onRecord }: Props) {
  const { t } = useLingui()
  return (
    <Dialog opened={line !== null} onClose={onClose} title={t`Записать попытку по реестру`} size={460}>
      {line !== null && <Form key={line.number} line={line} onClose={onClose} onRecord={onRecord} />}
    </Dialog>
  )
}

function Form({ line, onClose, onRecord }: Props & { line: RegistryLineView }) {
  const { t } = useLingui()
  const format = useFormat()
  const title = useTitles()
  const reference = useQuery(referenceQuery())
  const [type, setType] = useState('')
  const [client, setClient] = useState('')
  const name = line.order_number ?? line.bank_order_id ?? line.rrn ?? ''
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        onRecord(line, { payment_type: type || undefined, client_name: client.trim() || undefined })
      }}
    >
      <p>{t`Появится оплаченная попытка ${name} на ${format.money(line.amount)}: подтверждением будет этот реестр. Она уйдёт в учётную систему.`}</p>
      <Select
        label={t`Тип оплаты`}
        value={type}
        options={[
          { value: '', label: t`Неизвестен` },
          ...(reference.data?.payment_types ?? []).map(({ code }) => ({ value: code, label: title.paymentType(code) })),
        ]}
        onChange={setType}
      />
      <TextInput
        label={t`Клиент`}
        placeholder={t`Если известен`}
        maxLength={200}
        value={client}
        data-autofocus
        onChange={(event) => setClient(event.currentTarget.value)}
      />
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>{t`Отмена`}</Button>
        <Button type="submit">{t`Записать попытку`}</Button>
      </div>
    </form>
  )
}
