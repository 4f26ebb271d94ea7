import { useLingui } from '@lingui/react/macro'
import type { PreviewView } from '#src/gen/types.gen'
import { rolesByColumn } from './mapping'
import { fieldWords } from './mapping-words'
import styles from './upload-page.module.css'

type Props = {
  preview: PreviewView
  /** Which column is chosen for which meaning, by the heading. */
  roles: Record<string, string>
}

/** The first rows as they stand in the file; columns that have got a meaning carry it over the heading. */
export function PreviewTable({ preview, roles }: Props) {
  const { t } = useLingui()
  const meanings = rolesByColumn(preview.columns, roles)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box must be reachable by keyboard
    <section className={styles.preview} aria-label={t`Первые строки файла`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {preview.columns.map((column, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: headings may repeat
              <th key={index} scope="col" data-used={meanings[index] !== undefined}>
                {meanings[index] !== undefined && <span className={styles.role}>{t(fieldWords[meanings[index]])}</span>}
                {column === '' ? `#${index + 1}` : column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {preview.rows.map((row, number) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name
            <tr key={number}>
              {preview.columns.map((_, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: nor have its columns
                <td key={index} data-used={meanings[index] !== undefined} title={row[index]}>
                  {row[index]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
