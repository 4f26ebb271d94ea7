import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { SelfTestCode } from '#src/gen/types.gen'
import type { Tone } from '#src/ui/tone'

type Words = { tone: Tone; text: MessageDescriptor; next: MessageDescriptor }

/** What a self-test came to, and what to do about it. */
export const selfTestWords: Record<SelfTestCode, Words> = {
  arrived: {
    tone: 'good',
    text: msg`Уведомление прошло весь путь: дошло по публичному адресу и принято.`,
    next: msg`С этой стороны всё исправно. Если банк всё же молчит, сверьте адрес в его кабинете.`,
  },
  refused: {
    tone: 'bad',
    text: msg`Уведомление дошло, но Сверка не признала его подлинным.`,
    next: msg`Секрет в настройках Сверки не подходит. Попросите администратора сверить его с кабинетом банка.`,
  },
  not_arrived: {
    tone: 'bad',
    text: msg`По публичному адресу кто-то ответил, но до Сверки уведомление не дошло.`,
    next: msg`Запросы перехватывает кто-то перед Сверкой. Попросите администратора проверить прокси и адрес public_url.`,
  },
  wrong_answer: {
    tone: 'bad',
    text: msg`Адрес ответил не так, как ждёт банк.`,
    next: msg`Банк счёл бы уведомление недоставленным. Попросите администратора проверить прокси: он подменяет ответ.`,
  },
  unreachable: {
    tone: 'bad',
    text: msg`Публичный адрес недоступен.`,
    next: msg`Попросите администратора проверить DNS, сертификат и межсетевой экран: банк тоже не может достучаться.`,
  },
}
