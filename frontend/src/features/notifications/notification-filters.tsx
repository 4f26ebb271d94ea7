import { useLingui } from '@lingui/react/macro'
import { AccountChoice } from '#src/api/account-choice'
import { verdictWords } from '#src/api/status-words'
import { NotificationVerdict } from '#src/gen/types.gen'
import { ChoiceGroup } from '#src/ui/choice-group'
import panel from '#src/ui/filter-panel.module.css'
import { PeriodFilter } from '#src/ui/period-filter'
import type { NotificationsSearch } from './search'

type Props = {
  search: NotificationsSearch
  onChange: (part: Partial<NotificationsSearch>) => void
  open: boolean
}

export function NotificationFilters({ search, onChange, open }: Props) {
  const { t } = useLingui()
  return (
    <aside id="filters" className={panel.panel} data-open={open} aria-label={t`Фильтры`}>
      <AccountChoice chosen={search} onChange={onChange} anyLabel={t`Все`} />
      <ChoiceGroup
        legend={t`Что с ним стало`}
        values={search.verdict}
        options={Object.values(NotificationVerdict).map((value) => ({
          value,
          label: t(verdictWords[value].label),
          tone: verdictWords[value].tone,
        }))}
        onChange={(verdict) => onChange({ verdict })}
      />
      <PeriodFilter search={search} onChange={onChange} />
    </aside>
  )
}
