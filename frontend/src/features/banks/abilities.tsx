import { useLingui } from '@lingui/react/macro'
import type { AbilitiesView } from '#src/gen/types.gen'
import { CheckIcon, CrossIcon } from '#src/ui/icons'
import styles from './abilities.module.css'

/** What a bank can do besides telling about a payment and answering about one. */
export function AbilityList({ abilities }: { abilities: AbilitiesView }) {
  const { t } = useLingui()
  return (
    <ul className={styles.list} aria-label={t`Что умеет банк`}>
      <Ability has={abilities.lists} name={t`отдаёт список операций`} />
      <Ability has={abilities.resends} name={t`присылает уведомления ещё раз`} />
      <Ability has={abilities.self_test} name={t`самопроверка с подписью`} />
    </ul>
  )
}

function Ability({ has, name }: { has: boolean; name: string }) {
  const { t } = useLingui()
  return (
    <li className={styles.ability} data-has={has}>
      {has ? <CheckIcon size={12} /> : <CrossIcon size={12} />}
      <span className="visually-hidden">{has ? t`есть` : t`нет`}: </span>
      {name}
    </li>
  )
}
