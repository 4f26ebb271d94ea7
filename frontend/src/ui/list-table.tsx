import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './list-table.module.css'

export type Column = {
  key: string
  title: ReactNode
  /** In pixels; without one the column takes what is left. */
  width?: number
  align?: 'right'
  /** The narrowest window that still shows it. */
  from?: 'medium' | 'wide'
}

type Props = {
  caption: string
  columns: ReadonlyArray<Column>
  loading?: boolean
  dimmed?: boolean
  skeletons?: number
  children: ReactNode
}

/** A table of rows of one line each. Widths are given, so nothing jumps when rows come. */
export function ListTable({ caption, columns, loading = false, dimmed = false, skeletons = 12, children }: Props) {
  return (
    <div className={styles.frame}>
      <table className={styles.table} data-dimmed={dimmed} aria-busy={loading || dimmed}>
        <caption className="visually-hidden">{caption}</caption>
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} data-from={column.from} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-align={column.align} data-from={column.from}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {loading
            ? Array.from({ length: skeletons }, (_, index) => index).map((index) => (
                <tr key={index} className={styles.row}>
                  <td colSpan={columns.length}>
                    <Skeleton height={10} width={`${96 - (index % 5) * 4}%`} />
                  </td>
                </tr>
              ))
            : children}
        </tbody>
      </table>
    </div>
  )
}
