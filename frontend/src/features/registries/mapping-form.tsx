import { useLingui } from '@lingui/react/macro'
import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useEffect } from 'react'
import type { Mapping, PreviewView } from '#src/gen/types.gen'
import { Select } from '#src/ui/select'
import {
  columnName,
  dateFormats,
  decimals,
  exampleOf,
  type MappingField,
  type MappingValues,
  mappingFields,
  startFrom,
  toMapping,
  valuesOf,
  zones,
} from './mapping'
import { decimalWords, fieldWords } from './mapping-words'
import styles from './upload-page.module.css'

type Props = {
  bank: string
  preview: PreviewView
  busy: boolean
  /** Told of every choice, so that the preview can show it. */
  onColumns: (columns: Record<MappingField, string>) => void
  onSubmit: (mapping: Mapping) => void
  onCancel?: () => void
}

const needed: ReadonlyArray<MappingField> = ['amount', 'date']
const identifying: ReadonlyArray<MappingField> = ['order_number', 'bank_order_id', 'rrn']

const withOwn = (known: ReadonlyArray<string>, own: string) => (known.includes(own) ? known : [own, ...known])

/** What is in which column. It is kept under a name, so that the next file of the kind needs no questions. */
export function MappingForm({ bank, preview, busy, onColumns, onSubmit, onCancel }: Props) {
  const { t } = useLingui()
  const form = useForm<MappingValues>({
    initialValues: startFrom(preview),
    validate: {
      name: (value) => (value.trim() === '' ? t`Назовите раскладку` : null),
      columns: (columns) => {
        if (needed.some((field) => columns[field] === '')) return t`Укажите столбцы суммы и даты`
        return identifying.some((field) => columns[field] !== '')
          ? null
          : t`Нужен хотя бы один из столбцов: номер заказа, номер в банке, RRN`
      },
    },
  })
  const { values } = form
  useEffect(() => onColumns(values.columns), [values.columns, onColumns])
  const options = [
    { value: '', label: '—' },
    ...preview.columns.map((_, index) => {
      const name = columnName(preview.columns, index)
      return { value: name, label: name }
    }),
  ]
  const kinds = valuesOf(preview, values.columns.kind)
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={form.onSubmit((chosen) => onSubmit(toMapping(chosen, preview, bank)))}
    >
      <h2>{t`Что в каких столбцах`}</h2>
      <div className={styles.fields}>
        {mappingFields.map((field) => (
          <Select
            key={field}
            label={needed.includes(field) ? `${t(fieldWords[field])} *` : t(fieldWords[field])}
            value={values.columns[field]}
            options={options}
            onChange={(column) => form.setFieldValue('columns', { ...values.columns, [field]: column })}
          />
        ))}
      </div>
      {form.errors.columns && (
        <p className={styles.error} role="alert">
          {form.errors.columns}
        </p>
      )}
      {values.columns.kind !== '' && (
        <>
          <p className="quiet">{t`В этом столбце: ${kinds.join(', ')}. Всё, что не возврат и не отмена, считается оплатой.`}</p>
          <div className={styles.fields}>
            <TextInput label={t`Слова возврата, через запятую`} {...form.getInputProps('refund')} />
            <TextInput label={t`Слова отмены, через запятую`} {...form.getInputProps('reversal')} />
          </div>
        </>
      )}
      <div className={styles.fields}>
        <Select
          label={t`Как записана дата`}
          value={values.date_format}
          options={withOwn(dateFormats, values.date_format).map((value) => ({ value, label: exampleOf(value) }))}
          onChange={(date_format) => form.setFieldValue('date_format', date_format)}
        />
        <Select
          label={t`Как записаны деньги`}
          value={values.decimal}
          options={decimals.map((value) => ({ value, label: t(decimalWords[value]) }))}
          onChange={(decimal) => form.setFieldValue('decimal', decimal as Mapping['decimal'])}
        />
        <Select
          label={t`Часовой пояс файла`}
          value={values.timezone}
          options={withOwn(zones, values.timezone).map((value) => ({ value, label: value }))}
          onChange={(timezone) => form.setFieldValue('timezone', timezone)}
        />
        <TextInput
          label={t`Запомнить раскладку как`}
          required
          maxLength={100}
          placeholder={t`Например, реестр Сбера`}
          {...form.getInputProps('name')}
        />
      </div>
      <div className={styles.buttons}>
        <Button type="submit" loading={busy}>{t`Запомнить и загрузить`}</Button>
        {onCancel && <Button variant="default" onClick={onCancel}>{t`Отмена`}</Button>}
      </div>
    </form>
  )
}
