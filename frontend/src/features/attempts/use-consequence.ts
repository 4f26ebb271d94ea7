import { useLingui } from '@lingui/react/macro'
import type { AttemptView, HoldView } from '#src/gen/types.gen'
import { showTyped } from '#src/lib/period'
import { useFormat } from '#src/lib/use-format'
import { sumOf } from './compare'
import type { Decided } from './decision-dialog'

/** What will happen once it is decided, in words that leave nothing to guess. */
export function useConsequence(attempt: AttemptView, hold: HoldView) {
  const { t } = useLingui()
  const format = useFormat()
  const sum = format.money(sumOf(attempt, hold))
  const order = attempt.order_number

  const link = ({ document }: Decided) => {
    const number = document?.number ?? document?.key ?? ''
    const name = document?.date ? t`${number} от ${showTyped(document.date)}` : number
    if (document?.is_ours && !document.is_posted && !document.is_deleted) {
      return t`Документ ${name} станет документом заказа ${order} на ${sum}: Сверка доведёт его до проведения. Второго документа не будет.`
    }
    return t`Документ ${name} станет документом заказа ${order} на ${sum}. Новый документ не появится, Сверка этот платёж больше передавать не будет.`
  }

  const send = () => {
    if (hold.reason === 'unclear') {
      return t`Сверка передаст заказ ${order} на ${sum} ещё раз. Если он в учётной системе всё же есть, появится второй документ: сначала поищите его там.`
    }
    if (hold.reason === 'refused_repeatedly') {
      return t`Сверка передаст заказ ${order} на ${sum} ещё раз, сейчас.`
    }
    return t`Найденные документы будут считаться другими оплатами. Сверка передаст заказ ${order} на ${sum} сейчас, и в учётной системе появится новый документ.`
  }

  return (decided: Decided): string => {
    switch (decided.choice) {
      case 'link':
        return link(decided)
      case 'send':
        return send()
      case 'choose_client': {
        const who = decided.client?.name ?? t`клиент с кодом ${decided.client?.key ?? ''}`
        return t`Заказ ${order} на ${sum} будет передан сейчас. Клиент в документе: ${who}.`
      }
      case 'postpone':
        return t`До этого времени Сверка заказ ${order} не трогает, затем ищет заново и, если есть из чего выбирать, снова спросит.`
      case 'dismiss':
        return t`Сверка перестанет считать найденное дублем заказа ${order}. В учётной системе ничего не изменится: лишний документ, если он есть, отмените там.`
    }
  }
}
