import { useLingui } from '@lingui/react/macro'
import { useState } from 'react'
import { useFormat } from '#src/lib/use-format'
import { UploadIcon } from '#src/ui/icons'
import styles from './file-drop.module.css'

const largest = 64 * 1024 * 1024

type Props = { file: File | null; onFile: (file: File) => void }

/** The browser's own file field under a drawn area: it takes a click, a key and a dropped file alike. */
export function FileDrop({ file, onFile }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const [over, setOver] = useState(false)
  const [tooBig, setTooBig] = useState(false)
  const take = (next: File | undefined) => {
    if (next === undefined) return
    setTooBig(next.size > largest)
    if (next.size <= largest) onFile(next)
  }
  const size = file === null ? '' : format.number(Math.max(1, Math.round(file.size / 1024)))
  return (
    <label
      className={styles.drop}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        take(event.dataTransfer.files[0])
      }}
    >
      <input
        type="file"
        accept=".csv,.txt,.tsv,.xlsx"
        aria-label={t`Файл реестра`}
        onChange={(event) => take(event.currentTarget.files?.[0])}
      />
      <UploadIcon size={20} />
      {file === null ? (
        <span className={styles.title}>{t`Перетащите файл сюда или нажмите, чтобы выбрать`}</span>
      ) : (
        <span className={styles.title}>
          {file.name} <span className="quiet">{t`${size} КБ`}</span>
        </span>
      )}
      <span className="quiet">
        {file === null ? t`CSV, XLSX или выписка 1С «Клиент-банк», до 64 МБ` : t`Перетащите другой, чтобы заменить`}
      </span>
      {tooBig && (
        <span className={styles.error} role="alert">
          {t`Файл больше 64 МБ: разделите его по дням.`}
        </span>
      )}
    </label>
  )
}
