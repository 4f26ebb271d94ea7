import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { LineKind, LineResult, Mend, ProblemCode } from '#src/gen/types.gen'
import type { Tone } from '#src/ui/tone'

type Word = { label: MessageDescriptor; tone: Tone; shape: 'dot' | 'ring' | 'square' }

export const resultWords: Record<LineResult, Word> = {
  no_attempt: { label: msg`Деньги без попытки`, tone: 'bad', shape: 'square' },
  differs: { label: msg`Различается`, tone: 'bad', shape: 'square' },
  missing: { label: msg`Нет в реестре`, tone: 'warn', shape: 'square' },
  healed: { label: msg`Восстановлено`, tone: 'info', shape: 'dot' },
  matched: { label: msg`Сошлось`, tone: 'good', shape: 'dot' },
  noted: { label: msg`Учтено`, tone: 'mute', shape: 'ring' },
}

/** What a result means, for whoever meets the word first. */
export const resultMeanings: Record<LineResult, MessageDescriptor> = {
  no_attempt: msg`Банк получил деньги, а попытки оплаты в Сверке нет.`,
  differs: msg`Попытка найдена, но сумма, валюта или статус другие.`,
  missing: msg`Попытка оплачена в эти дни, а в реестре её нет.`,
  healed: msg`Сверка не знала об оплате; реестр стал её подтверждением.`,
  matched: msg`Попытка найдена, сумма и статус те же.`,
  noted: msg`Комиссии, поправки и споры: учтены в суммах, сравнивать не с чем.`,
}

export const kindWords: Record<LineKind, MessageDescriptor> = {
  payment: msg`оплата`,
  refund: msg`возврат`,
  reversal: msg`отмена`,
  other: msg`прочее`,
}

export const problemWords: Record<ProblemCode, MessageDescriptor> = {
  amount_differs: msg`Сумма другая`,
  currency_differs: msg`Валюта другая`,
  status_differs: msg`Статус другой`,
  duplicate: msg`Тот же платёж стоит в реестре дважды`,
  ambiguous: msg`Подходит несколько попыток`,
}

export const mendWords: Record<Mend, MessageDescriptor> = {
  ask_bank: msg`Спросить банк`,
  record_attempt: msg`Записать попытку`,
}

export const layoutWords: Record<string, MessageDescriptor> = {
  tbank: msg`реестр Т-Банка`,
  yookassa: msg`реестр ЮKassa`,
  sverka: msg`реестр Сверки`,
  client_bank: msg`выписка 1С «Клиент-банк»`,
}
