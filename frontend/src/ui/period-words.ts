import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { Period } from '#src/lib/period'

export const periodWords: Record<Period, MessageDescriptor> = {
  hour: msg`Час`,
  today: msg`Сегодня`,
  yesterday: msg`Вчера`,
  week: msg`7 дней`,
}
