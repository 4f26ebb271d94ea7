import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ReadingView } from '#src/gen/types.gen'
import type { Tone } from '#src/ui/tone'

export const genuinenessWords: Record<
  ReadingView['genuineness'],
  { title: MessageDescriptor; text: MessageDescriptor; tone: Tone }
> = {
  genuine: { title: msg`Подлинное`, text: msg`Подпись сходится с сегодняшним секретом.`, tone: 'good' },
  unsigned: {
    title: msg`Без подписи`,
    text: msg`Этот банк не подписывает уведомления, поэтому оно лишь повод спросить банк.`,
    tone: 'info',
  },
  forged: {
    title: msg`Подпись неверна`,
    text: msg`С сегодняшним секретом подпись не сходится: секрет неверен или уведомление прислал не банк.`,
    tone: 'bad',
  },
}

export const saysWords: Record<ReadingView['says'], MessageDescriptor> = {
  fact: msg`сообщает, что стало с платежом`,
  hint: msg`повод спросить банк`,
  nothing: msg`о платеже ничего не говорит`,
}
