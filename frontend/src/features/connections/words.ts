import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type {
  CheckKind,
  CheckOutcome,
  Class,
  ConnectionStanding,
  DeliveryKind,
  DeliveryState,
} from '#src/gen/types.gen'
import type { Tone } from '#src/ui/tone'
import type { WaitsFor } from './search'

type Shape = 'dot' | 'ring' | 'square'
type Word = { label: MessageDescriptor; tone: Tone; shape: Shape }

export const standingWords: Record<ConnectionStanding, Word> = {
  working: { label: msg`Работает`, tone: 'good', shape: 'dot' },
  failing: { label: msg`Недоступна`, tone: 'bad', shape: 'square' },
  stopped: { label: msg`Передача остановлена`, tone: 'bad', shape: 'square' },
  paused: { label: msg`Приостановлена`, tone: 'human', shape: 'ring' },
  unused: { label: msg`Ещё ничего не передавали`, tone: 'mute', shape: 'ring' },
}

/** What happens when an answer is lost: the two classes of system, told by what a person will see. */
export const classWords: Record<Class, { short: MessageDescriptor; text: MessageDescriptor }> = {
  key_enforced: {
    short: msg`Повтор безопасен`,
    text: msg`Если ответ потерялся, Сверка передаёт то же самое ещё раз: система узнаёт платёж по ключу и второго документа не создаёт.`,
  },
  look_up_only: {
    short: msg`Сначала поиск`,
    text: msg`Второй документ эта система не отклонит. Если ответ потерялся, Сверка ждёт, дважды ищет документ и только потом передаёт снова; если остаётся неясно, решает человек.`,
  },
}

/** What stands in the way, and what to do about it; `stopped` and `failing` also quote the system. */
export const standingAdvice: Partial<Record<ConnectionStanding, MessageDescriptor>> = {
  failing: msg`Сверка пробует сама и передаст всё по порядку, как только система ответит. Если это надолго, сообщите тем, кто её обслуживает.`,
  stopped: msg`Система отвергла наш вход, и Сверка больше не стучится, чтобы не заблокировать учётную запись. Исправьте пароль или права и нажмите «Возобновить».`,
  paused: msg`Платежи копятся и будут переданы по порядку, когда передачу возобновят.`,
}

export const checkWords: Record<CheckKind, { title: MessageDescriptor; advice: MessageDescriptor }> = {
  reach: {
    title: msg`Адрес отвечает`,
    advice: msg`Проверьте адрес в конфигурации, DNS, сертификат и межсетевой экран; для 1С — что база опубликована на веб-сервере.`,
  },
  log_in: {
    title: msg`Вход принят`,
    advice: msg`Проверьте имя и пароль пользователя, под которым работает Сверка, и что он не заблокирован.`,
  },
  metadata: {
    title: msg`Документ и все его поля на месте`,
    advice: msg`Названного поля или документа в системе нет: исправьте соответствие полей в конфигурации или опубликуйте объект.`,
  },
  filter_finds_nothing: {
    title: msg`Поиск по несуществующему ключу ничего не находит`,
    advice: msg`Система не применяет отбор, и поиск находит чужие документы. Проверьте имя поля, по которому ищем, и его тип.`,
  },
  filter_finds_one: {
    title: msg`Поиск находит проведённый платёж, и только его`,
    advice: msg`Поиск не видит документов Сверки или видит лишние: проверьте поле ключа и права пользователя на чтение.`,
  },
  key_is_enforced: {
    title: msg`Второй документ под тем же ключом невозможен`,
    advice: msg`Система не хранит наш ключ или не следит за его единственностью. Попросите разработчика системы добавить проверку.`,
  },
}

export const outcomeWords: Record<CheckOutcome, Word> = {
  passed: { label: msg`исправно`, tone: 'good', shape: 'dot' },
  failed: { label: msg`неисправно`, tone: 'bad', shape: 'square' },
  skipped: { label: msg`не проверялось`, tone: 'mute', shape: 'ring' },
}

export const waitWords: Record<WaitsFor, { tab: MessageDescriptor; empty: MessageDescriptor }> = {
  waiting: { tab: msg`Ждут передачи`, empty: msg`Никто не ждёт: всё, что можно передать, передано.` },
  held: { tab: msg`Ждут решения`, empty: msg`Решать нечего.` },
  refused: { tab: msg`Отказано`, empty: msg`Отказов нет.` },
}

export const deliveryWords: Record<DeliveryState, Word> = {
  queued: { label: msg`В очереди`, tone: 'info', shape: 'ring' },
  retrying: { label: msg`Повторяем`, tone: 'warn', shape: 'ring' },
  sending: { label: msg`Передаём`, tone: 'info', shape: 'dot' },
  in_doubt: { label: msg`Ответ неизвестен`, tone: 'warn', shape: 'dot' },
  synced: { label: msg`Синхронизировано`, tone: 'good', shape: 'dot' },
  needs_attention: { label: msg`Отказано`, tone: 'bad', shape: 'square' },
  held: { label: msg`Ждёт решения`, tone: 'warn', shape: 'square' },
  posted_by_hand: { label: msg`Проведён вручную`, tone: 'human', shape: 'dot' },
  withdrawn: { label: msg`Отменена`, tone: 'mute', shape: 'square' },
}

export const kindWords: Record<DeliveryKind, MessageDescriptor> = {
  payment: msg`оплата`,
  refund: msg`возврат`,
}
