import { useLingui } from '@lingui/react/macro'
import { ApiError } from '#src/api/api-error'
import { ProblemNotice } from '#src/api/problem-notice'
import { useTitles } from '#src/api/reference'
import { Notice } from '#src/ui/notice'
import { BankAnswerFacts } from './bank-answer'
import type { BankQuery } from './use-bank-query'

/** The answer to «Запросить банк», and whether it changed anything; or that there was none. */
export function BankAnswerNotice({ asking, bank }: { asking: BankQuery; bank: string }) {
  const { t } = useLingui()
  const title = useTitles().bank(bank)
  if (asking.isPending) return <Notice tone="info" role="status" title={t`Спрашиваем банк (${title})…`} />
  if (asking.isError) {
    const { error } = asking
    if (!(error instanceof ApiError) || error.code !== 'bank_unavailable') return <ProblemNotice error={error} />
    return (
      <Notice tone="warn" role="alert" title={t`Банк (${title}) не отвечает`}>
        {error.detail && <p className="quiet">{error.detail}</p>}
        <p>{t`Статус не изменился. Сверка спросит ещё раз сама.`}</p>
      </Notice>
    )
  }
  if (!asking.isSuccess) return null
  const { answer, changed } = asking.data
  const heading = changed ? t`Банк ответил, статус обновлён` : t`Банк ответил, ничего не изменилось`
  return (
    <Notice tone={changed ? 'good' : 'info'} role="status" title={heading}>
      <BankAnswerFacts answer={answer} bank={bank} />
    </Notice>
  )
}
