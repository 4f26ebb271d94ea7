import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { AccountAlarm } from '#src/gen/types.gen'

export const alarmWords: Record<AccountAlarm, { title: MessageDescriptor; advice: MessageDescriptor }> = {
  lost_callbacks: {
    title: msg`Банк теряет уведомления`,
    advice: msg`Оплаченные платежи находит только опрос банка. Проверьте адрес уведомлений в кабинете банка и напишите в его поддержку.`,
  },
  silent: {
    title: msg`Банк молчит`,
    advice: msg`Уведомлений нет дольше обычного. Возможно, в кабинете банка сбросились настройки: сверьте адрес уведомлений.`,
  },
  bad_signatures: {
    title: msg`Подпись уведомлений неверна`,
    advice: msg`Уведомления приходят, но принять их нельзя. Сверьте секретный ключ в кабинете банка и в настройках Сверки.`,
  },
}
