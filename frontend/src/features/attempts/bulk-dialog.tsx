import { Plural, useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ProblemNotice } from '#src/api/problem-notice'
import { type BulkAction, bulkQueryBank, bulkResync } from '#src/gen'
import { Dialog } from '#src/ui/dialog'
import { toFilter } from './bulk-filter'
import styles from './dialogs.module.css'
import type { PaymentsSearch } from './search'
import { useFilterLabels } from './use-filter-labels'

type Props = { action: BulkAction; search: PaymentsSearch; found: number; onClose: () => void }

/** Says what the search found and what will be done with it; what comes of it has a page of its own. */
export function BulkDialog({ action, search, found, onClose }: Props) {
  const { t } = useLingui()
  const title = action === 'resync' ? t`Синхронизировать найденные` : t`Запросить банк о найденных`
  return (
    <Dialog opened onClose={onClose} title={title} size={480}>
      <BulkForm action={action} search={search} found={found} onClose={onClose} />
    </Dialog>
  )
}

function BulkForm({ action, search, found, onClose }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const filters = useFilterLabels()
    .all(search)
    .map(({ text }) => text)
    .join(' · ')
  const begin = useMutation({
    mutationFn: async () => {
      const filter = toFilter(search)
      return action === 'resync'
        ? (await bulkResync({ body: { filter, rehearse: true }, throwOnError: true })).data
        : (await bulkQueryBank({ body: { filter }, throwOnError: true })).data
    },
    onSuccess: (run) => {
      client.setQueryData(['bulk-runs', 'one', run.id], run)
      void client.invalidateQueries({ queryKey: ['bulk-runs', 'list'] })
      void navigate({ to: '/bulk-runs/$id', params: { id: run.id }, search: {} })
    },
  })
  return (
    <div className={styles.body}>
      {begin.isError && <ProblemNotice error={begin.error} onRetry={() => begin.mutate()} />}
      <div className={styles.outcome}>
        <p>
          <b>
            <Plural value={found} one="# платёж" few="# платежа" many="# платежей" other="# платежа" />
          </b>
        </p>
        <p className="quiet">{filters === '' ? t`Фильтров нет: будут взяты все платежи.` : filters}</p>
      </div>
      <p>
        {action === 'resync'
          ? t`Сначала репетиция: Сверка посмотрит в учётной системе, что с каждым, и ничего не передаст. Потом вы решите, передавать ли.`
          : t`Сверка спросит банки обо всех этих платежах по очереди, не чаще, чем разрешает каждый банк.`}
      </p>
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>{t`Отмена`}</Button>
        <Button data-autofocus loading={begin.isPending} onClick={() => begin.mutate()}>
          {action === 'resync' ? t`Начать репетицию` : t`Запросить`}
        </Button>
      </div>
    </div>
  )
}
