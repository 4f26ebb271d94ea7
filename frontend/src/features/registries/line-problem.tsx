import { useLingui } from '@lingui/react/macro'
import { bankStatusWords } from '#src/api/status-words'
import type { LineProblemView } from '#src/gen/types.gen'
import { useFormat } from '#src/lib/use-format'
import { parsePlainMoney } from './plain-money'
import styles from './registry-page.module.css'
import { problemWords } from './words'

export function LineProblem({ problem }: { problem: LineProblemView | null }) {
  const { t } = useLingui()
  const show = usePlain()
  if (problem === null) return null
  const expected = show(problem.expected)
  const found = show(problem.found)
  return (
    <>
      <span className={styles.problem}>{t(problemWords[problem.code])}</span>
      {(expected !== null || found !== null) && (
        <span className={styles.found}>{t`у нас ${expected ?? '—'}, в реестре ${found ?? '—'}`}</span>
      )}
    </>
  )
}

/** The contract gives both sides as plain text: money, a status by its code, or whatever the file said. */
function usePlain() {
  const { t } = useLingui()
  const format = useFormat()
  return (text: string | null): string | null => {
    if (text === null) return null
    const money = parsePlainMoney(text)
    if (money !== null) return format.money(money)
    const status = Object.entries(bankStatusWords).find(([code]) => code === text)
    return status === undefined ? text : t(status[1].label).toLocaleLowerCase(format.locale)
  }
}
