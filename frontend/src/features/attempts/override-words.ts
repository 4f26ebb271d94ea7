import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { BankStatus } from '#src/gen/types.gen'

/** What follows from a status set by hand, said before it is set. */
export const overrideConsequences: Record<BankStatus, MessageDescriptor> = {
  created: msg`В учётную систему ничего передано не будет.`,
  pending: msg`В учётную систему ничего передано не будет; Сверка продолжит спрашивать банк.`,
  authorized: msg`Деньги считаются удержанными; в учётную систему пока ничего не передаётся.`,
  paid: msg`Платёж будет передан в учётную систему.`,
  declined: msg`Платёж не будет передан в учётную систему.`,
  expired: msg`Платёж не будет передан в учётную систему.`,
  abandoned: msg`Платёж не будет передан в учётную систему.`,
  reversed: msg`Платёж считается отменённым; если он уже передан, в учётную систему уйдёт возврат.`,
  refunded: msg`Если платёж уже передан, в учётную систему уйдёт возврат.`,
  partially_refunded: msg`Если платёж уже передан, в учётную систему уйдёт частичный возврат.`,
}
