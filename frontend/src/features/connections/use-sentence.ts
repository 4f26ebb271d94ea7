import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import type { ConnectionView } from '#src/gen/types.gen'
import { formatSince } from '#src/lib/time'
import { useFormat } from '#src/lib/use-format'

/** How a connection stands, in one sentence that can be read out over the telephone. */
export function useConnectionSentence() {
  const { t } = useLingui()
  const format = useFormat()

  const standing = ({ state, failing_since, paused }: ConnectionView) => {
    if (state === 'paused' && paused) return t`Приостановлена с ${formatSince(paused.since)}`
    if (state === 'stopped') {
      return failing_since ? t`Передача остановлена с ${formatSince(failing_since)}` : t`Передача остановлена`
    }
    if (state === 'failing') return failing_since ? t`Недоступна с ${formatSince(failing_since)}` : t`Недоступна`
    return state === 'unused' ? t`Ещё ничего не передавали` : t`Работает`
  }

  const waiting = ({ backlog: { waiting, oldest_at, amount } }: ConnectionView) => {
    if (waiting === 0) return t`никто не ждёт`
    const count = t`${plural(waiting, { one: 'ждёт # оплата', few: 'ждут # оплаты', many: 'ждут # оплат', other: 'ждут # оплаты' })}`
    const sums = amount.map(format.money).join(' + ')
    const sum = sums === '' ? count : t`${count} на ${sums}`
    return oldest_at ? t`${sum}, самая старая с ${formatSince(oldest_at)}` : sum
  }

  return (connection: ConnectionView) => `${standing(connection)}, ${waiting(connection)}`
}
