import { useLingui } from '@lingui/react/macro'
import { CopyButton } from '#src/ui/copy-button'
import { Notice } from '#src/ui/notice'
import { ApiError } from './api-error'
import { problemText } from './problem-text'

type Props = { error: unknown; title?: string; onRetry?: () => void }

/** A failure, worded by its code, with the next step and the request id for whoever will look into the log. */
export function ProblemNotice({ error, title, onRetry }: Props) {
  const { t } = useLingui()
  const requestId = error instanceof ApiError ? error.requestId : null
  const detail = error instanceof ApiError ? error.detail : null
  return (
    <Notice tone="bad" title={title ?? t(problemText(error))} role="alert">
      {title !== undefined && <p>{t(problemText(error))}</p>}
      {detail !== null && <p className="quiet">{detail}</p>}
      {(requestId !== null || onRetry !== undefined) && (
        <p className="row-gap">
          {onRetry !== undefined && (
            <button type="button" className="link-button" onClick={onRetry}>
              {t`Повторить`}
            </button>
          )}
          {requestId !== null && (
            <span className="quiet">
              {t`Код запроса`} <code>{requestId}</code>{' '}
              <CopyButton value={requestId} label={t`Скопировать код запроса`} />
            </span>
          )}
        </p>
      )}
    </Notice>
  )
}
