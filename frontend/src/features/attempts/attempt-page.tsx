import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { ProblemNotice } from '#src/api/problem-notice'
import type { Action, AttemptView } from '#src/gen/types.gen'
import { useShortcuts } from '#src/lib/keyboard'
import { showToast } from '#src/ui/toast'
import { ActionBar } from './action-bar'
import { AttemptHeader, useBack } from './attempt-header'
import styles from './attempt-page.module.css'
import { AttemptSkeleton } from './attempt-skeleton'
import { BankAnswerNotice } from './bank-answer-notice'
import { ByHandDialog } from './by-hand-dialog'
import { DiagnosisPanel } from './diagnosis-panel'
import { Facts } from './facts'
import { HoldCard } from './hold-card'
import { lastList } from './last-list'
import { OverrideDialog } from './override-dialog'
import { attemptQuery } from './queries'
import { ResyncDialog } from './resync-dialog'
import { Timeline } from './timeline'
import { useBankQuery } from './use-bank-query'

const route = getRouteApi('/_app/payments/$id')

export function AttemptPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery(attemptQuery(id))
  const back = useBack()
  // Before the answer comes: Esc may be pressed while the page still loads, and the row gets its focus back all the same.
  lastList.attemptId = id
  useShortcuts({ Escape: back })
  if (query.data !== undefined)
    return <Attempt key={id} attempt={query.data} stale={query.isError ? query.error : null} />
  return (
    <div className={styles.page}>
      <title>{t`Платёж · Сверка`}</title>
      {query.isError ? <ProblemNotice error={query.error} onRetry={() => void query.refetch()} /> : <AttemptSkeleton />}
    </div>
  )
}

function Attempt({ attempt, stale }: { attempt: AttemptView; stale: Error | null }) {
  const { t } = useLingui()
  const [dialog, setDialog] = useState<Action | null>(null)
  const asking = useBankQuery(attempt.id)
  const allowed = (name: Action) => attempt.actions.some((one) => one.action === name && one.allowed)
  const close = () => setDialog(null)
  const done = (text: string) => {
    close()
    asking.reset()
    showToast(text)
  }

  const act = (name: Action) => {
    if (!allowed(name)) return
    if (name === 'bank_query') asking.mutate()
    else setDialog(name)
    // A decision about the money is made against what the bank says now, not what it said then.
    if (name === 'status_override' && allowed('bank_query')) asking.mutate()
  }
  useShortcuts({
    KeyB: () => act('bank_query'),
    KeyS: () => act('resync'),
    KeyO: () => act('status_override'),
  })

  return (
    <div className={styles.page}>
      <title>{`${attempt.order_number} · ${t`Сверка`}`}</title>
      <AttemptHeader attempt={attempt} />
      {stale !== null && <ProblemNotice error={stale} title={t`Страница не обновляется`} />}
      <section className={styles.verdict} aria-label={t`Диагноз и действия`}>
        <DiagnosisPanel attempt={attempt} />
        <ActionBar attempt={attempt} busy={asking.isPending} onAct={act} />
      </section>
      {attempt.hold !== null && <HoldCard key={attempt.hold.delivery_id} attempt={attempt} hold={attempt.hold} />}
      {dialog !== 'status_override' && <BankAnswerNotice asking={asking} bank={attempt.bank} />}
      <div className={styles.columns}>
        <Timeline attempt={attempt} />
        <Facts attempt={attempt} />
      </div>
      <OverrideDialog
        attempt={attempt}
        asking={asking}
        opened={dialog === 'status_override'}
        onClose={close}
        onDone={() => done(t`Статус изменён`)}
      />
      <ResyncDialog
        attempt={attempt}
        opened={dialog === 'resync'}
        onClose={close}
        onDone={() => done(t`Передача в учётную систему запущена`)}
      />
      <ByHandDialog
        attempt={attempt}
        opened={dialog === 'posted_by_hand'}
        onClose={close}
        onDone={() => done(t`Отмечен как проведённый вручную`)}
      />
    </div>
  )
}
