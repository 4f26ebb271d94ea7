import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Choice, HoldReason, MatchRule } from '#src/gen/types.gen'

/** By what a document was found, as it stands on its card. */
export const matchRuleWords: Record<MatchRule, MessageDescriptor> = {
  our_key: msg`на нём наш номер платежа`,
  bank_numbers: msg`на нём номер банка, RRN или чек`,
  client_amount_date: msg`тот же клиент, та же сумма, близкая дата`,
  amount_date: msg`та же сумма в тот же день`,
}

/** What has to be answered, and what to look at before answering. */
export const holdQuestions: Record<HoldReason, { ask: MessageDescriptor; look: MessageDescriptor }> = {
  possible_duplicate: {
    ask: msg`Это одна и та же оплата?`,
    look: msg`Сравните карточки. Клиент мог купить то же самое дважды за день, поэтому сама Сверка не решает.`,
  },
  unclear: {
    ask: msg`Есть ли эта оплата в учётной системе?`,
    look: msg`Ответа не было, поиск ничего не нашёл, а второй документ система не отклонит. Поищите оплату в учётной системе сами.`,
  },
  client_not_found: {
    ask: msg`На какого клиента провести?`,
    look: msg`Заведите клиента в учётной системе или найдите его там и введите его код.`,
  },
  several_clients: {
    ask: msg`Кто из них заплатил?`,
    look: msg`По телефону или почте нашлось несколько клиентов, например родитель и ребёнок.`,
  },
  document_differs: {
    ask: msg`Почему документ не совпадает с оплатой?`,
    look: msg`Документ с нашим номером уже есть, но сумма или клиент в нём другие. Исправьте его в учётной системе или свяжите как есть.`,
  },
  document_deleted: {
    ask: msg`Что делать с удалённым документом?`,
    look: msg`Наш номер занят документом, помеченным на удаление. Снимите пометку в учётной системе или свяжите с ним.`,
  },
  refused_repeatedly: {
    ask: msg`Система отказывает раз за разом. Попробовать ещё?`,
    look: msg`Её слова выше. Исправьте причину в учётной системе, затем проведите снова.`,
  },
}

export const choiceWords: Record<Choice, MessageDescriptor> = {
  link: msg`Это она — связать`,
  send: msg`Другая оплата — провести`,
  choose_client: msg`Провести на этого клиента`,
  postpone: msg`Отложить`,
  dismiss: msg`Не дубль — убрать`,
}

/** «Другая оплата» makes sense only where there is one to compare with. */
export const sendWords: Record<'other' | 'again', MessageDescriptor> = {
  other: msg`Другая оплата — провести`,
  again: msg`Провести ещё раз`,
}

/** As the timeline tells of it afterwards. */
export const decidedWords: Record<Choice, MessageDescriptor> = {
  link: msg`связать с найденным документом`,
  send: msg`провести: это другая оплата`,
  choose_client: msg`провести на выбранного клиента`,
  postpone: msg`отложить`,
  dismiss: msg`не дубль`,
}
