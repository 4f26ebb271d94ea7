import { useLingui } from '@lingui/react/macro'
import type { PreviewView } from '#src/gen/types.gen'
import styles from './upload-page.module.css'
import { useLayoutName } from './use-layout-name'

/** What the file was taken for, and how its bytes are read. */
export function Layout({ preview }: { preview: PreviewView }) {
  const { t } = useLingui()
  const name = useLayoutName()
  const { layout, encoding, delimiter, format } = preview
  const separator = delimiter === '\t' ? t`табуляция` : delimiter
  const details = [
    format === 'xlsx' ? 'XLSX' : encoding,
    separator === null ? null : t`разделитель ${separator}`,
    format === 'client_bank' ? null : t`столбцов: ${preview.columns.length}`,
  ].filter((part) => part !== null)
  return (
    <div className={styles.layout} data-tone={layout === null ? 'warn' : 'good'} role="status">
      <p className={styles.layoutTitle}>
        {layout === null ? t`Раскладка незнакома: укажите, что в каких столбцах` : t`Это ${name(layout)}`}
      </p>
      <p className="quiet">{details.join(' · ')}</p>
    </div>
  )
}
