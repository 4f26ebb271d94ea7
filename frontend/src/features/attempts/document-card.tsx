import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { referenceQuery } from '#src/api/reference'
import type { AttemptView, FoundDocument, HoldView } from '#src/gen/types.gen'
import { showTyped } from '#src/lib/period'
import { useFormat } from '#src/lib/use-format'
import { Badge } from '#src/ui/badge'
import { CardLine } from './card-line'
import { compare, marked } from './compare'
import styles from './hold-card.module.css'
import { choiceWords, matchRuleWords } from './hold-words'

type Props = { attempt: AttemptView; hold: HoldView; document: FoundDocument; onLink?: () => void }

/** A document of the accounting system, with what differs from the payment made plain. */
export function DocumentCard({ attempt, hold, document, onLink }: Props) {
  const { t } = useLingui()
  const format = useFormat()
  const { data: reference } = useQuery(referenceQuery())
  const zone = reference?.merchants.find((one) => one.code === attempt.merchant)?.timezone
  const like = compare(attempt, hold, document, zone)
  const shift = Math.abs(like.days)
  const days = t`${plural(shift, { one: '# день', few: '# дня', many: '# дней', other: '# дня' })}`
  const name = document.number ?? document.key
  return (
    <article className={styles.card} aria-label={t`Документ ${name}`}>
      <h3 className={styles.title}>{document.is_ours ? t`Документ, который создала Сверка` : t`В учётной системе`}</h3>
      <dl>
        <CardLine
          name={t`Когда`}
          like={like.date}
          note={like.days === 0 ? undefined : like.days > 0 ? t`позже на ${days}` : t`раньше на ${days}`}
        >
          {document.date && showTyped(document.date)}
        </CardLine>
        <CardLine name={t`Сумма`} like={like.amount}>
          {document.amount && <b>{format.money(document.amount)}</b>}
        </CardLine>
        <CardLine name={t`Клиент`} like={like.client}>
          {document.client ?? (like.client === 'same' ? attempt.client.name : null)}
        </CardLine>
        <CardLine name={t`Номер`}>
          {document.url ? (
            <a href={document.url} target="_blank" rel="noreferrer">
              {name}
            </a>
          ) : (
            name
          )}
        </CardLine>
        <CardLine name={t`Внёс`}>{document.author}</CardLine>
        <CardLine name={t`Комментарий`}>
          {document.comment && <Comment attempt={attempt} text={document.comment} />}
        </CardLine>
        <CardLine name={t`Состояние`}>
          <State document={document} />
        </CardLine>
      </dl>
      <p className={styles.rule}>{t`Почему показан: ${t(matchRuleWords[document.rule])}`}</p>
      {onLink && (
        <Button className={styles.choose} onClick={onLink} aria-label={t`Это она — связать с документом ${name}`}>
          {t(choiceWords.link)}
        </Button>
      )}
    </article>
  )
}

function Comment({ attempt, text }: { attempt: AttemptView; text: string }) {
  const parts = marked(text, [attempt.order_number, attempt.bank_order_id, attempt.rrn])
  let at = 0
  return parts.map((part) => {
    at += part.text.length
    return part.ours ? <mark key={at}>{part.text}</mark> : <span key={at}>{part.text}</span>
  })
}

function State({ document: { is_deleted, is_posted } }: { document: FoundDocument }) {
  const { t } = useLingui()
  if (is_deleted) return <Badge tone="bad" shape="square">{t`помечен на удаление`}</Badge>
  if (!is_posted) return <Badge tone="warn" shape="ring">{t`не проведён`}</Badge>
  return <Badge tone="good">{t`проведён`}</Badge>
}
