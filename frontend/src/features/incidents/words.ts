import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { AlarmView, IncidentKind } from '#src/gen/types.gen'
import type { Tone } from '#src/ui/tone'

export const kindWords: Record<IncidentKind, { short: MessageDescriptor; advice: MessageDescriptor }> = {
  silent: {
    short: msg`Банк молчит`,
    advice: msg`Спросите банк обо всех платежах, проверьте адрес уведомлений и напишите в поддержку банка: текст готов ниже.`,
  },
  losing: {
    short: msg`Уведомления теряются`,
    advice: msg`Часть уведомлений доходит, значит адрес верен. Спросите банк об остальных платежах и напишите в его поддержку.`,
  },
}

export const channelWords: Record<AlarmView['channel'], MessageDescriptor> = {
  webhook: msg`вебхук`,
  email: msg`почта`,
  telegram: msg`Telegram`,
}

export const alarmStateWords: Record<
  AlarmView['state'],
  { label: MessageDescriptor; tone: Tone; shape: 'dot' | 'ring' | 'square' }
> = {
  queued: { label: msg`в очереди`, tone: 'info', shape: 'ring' },
  sent: { label: msg`отправлена`, tone: 'good', shape: 'dot' },
  failed: { label: msg`не отправлена`, tone: 'bad', shape: 'square' },
}

export const eventWords: Record<AlarmView['event'], MessageDescriptor> = {
  opened: msg`об открытии`,
  closed: msg`о закрытии`,
}
