import { useLingui } from '@lingui/react/macro'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useConnectionTitles } from '#src/api/connections'
import { holdReasonWords } from '#src/api/holds'
import { useMayMend } from '#src/api/may-mend'
import type { AttemptView, Choice, HoldView } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import { TimeAgo } from '#src/ui/time-ago'
import { showToast } from '#src/ui/toast'
import { ClientChoice } from './client-choice'
import { type Decided, DecisionDialog } from './decision-dialog'
import { DocumentCard } from './document-card'
import styles from './hold-card.module.css'
import { choiceWords, holdQuestions, sendWords } from './hold-words'
import { OurCard } from './our-card'

/** What only a person can decide: the payment and what was found, side by side, and the answers that fit. */
export function HoldCard({ attempt, hold }: { attempt: AttemptView; hold: HoldView }) {
  const { t } = useLingui()
  const titles = useConnectionTitles()
  const mayMend = useMayMend()
  const [deciding, setDeciding] = useState<Decided | null>(null)
  const fits = (choice: Choice) => hold.decisions.includes(choice)
  const isDouble = fits('dismiss')
  const words = holdQuestions[hold.reason]
  return (
    <section className={styles.hold} data-tone={holdReasonWords[hold.reason].tone} aria-labelledby="hold">
      <div className={styles.head}>
        <h2 id="hold">{isDouble ? t`Это вторая запись той же оплаты?` : t(words.ask)}</h2>
        <p>
          {isDouble
            ? t`Платёж передан, а рядом нашёлся похожий документ. Если это дубль, отмените лишний документ в учётной системе.`
            : t(words.look)}
        </p>
        <p className={styles.meta}>
          <span title={formatFull(hold.since)}>
            {t`ждёт`} <TimeAgo at={hold.since} />
          </span>
          {hold.kind === 'refund' && <span>{t`это возврат`}</span>}
          {hold.connection !== null && (
            <Link to="/connections/$name" params={{ name: hold.connection }} search={{ state: 'held' }}>
              {titles.named(hold.connection)}
            </Link>
          )}
        </p>
      </div>
      <div className={styles.cards} data-many={hold.documents.length > 1}>
        <OurCard attempt={attempt} hold={hold} />
        {hold.documents.map((document) => (
          <DocumentCard
            key={document.key}
            attempt={attempt}
            hold={hold}
            document={document}
            onLink={fits('link') && mayMend ? () => setDeciding({ choice: 'link', document }) : undefined}
          />
        ))}
        {fits('choose_client') && (
          <ClientChoice
            clients={hold.clients}
            onChoose={mayMend ? (client) => setDeciding({ choice: 'choose_client', client }) : undefined}
          />
        )}
        {hold.documents.length === 0 && !fits('choose_client') && (
          <p className={styles.nothing}>{t`Документов не найдено.`}</p>
        )}
      </div>
      <div className={styles.foot}>
        {fits('dismiss') && (
          <Button disabled={!mayMend} onClick={() => setDeciding({ choice: 'dismiss' })}>
            {t(choiceWords.dismiss)}
          </Button>
        )}
        {fits('send') && (
          <Button variant="default" disabled={!mayMend} onClick={() => setDeciding({ choice: 'send' })}>
            {t(hold.documents.length > 0 ? sendWords.other : sendWords.again)}
          </Button>
        )}
        {fits('postpone') && (
          <Button variant="default" disabled={!mayMend} onClick={() => setDeciding({ choice: 'postpone' })}>
            {t`Отложить…`}
          </Button>
        )}
        {!mayMend && <p className="quiet">{t`Решать может оператор: у вас право только смотреть.`}</p>}
      </div>
      <DecisionDialog
        attempt={attempt}
        hold={hold}
        decided={deciding}
        onClose={() => setDeciding(null)}
        onDone={(text) => {
          setDeciding(null)
          showToast(text)
        }}
      />
    </section>
  )
}
