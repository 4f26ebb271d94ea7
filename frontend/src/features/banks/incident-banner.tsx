import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useIncidentSentence } from '#src/api/incident-sentence'
import { openIncidentsQuery } from '#src/api/open-incidents'
import type { BankAccountView } from '#src/gen/types.gen'
import { formatSince } from '#src/lib/time'
import { Notice } from '#src/ui/notice'

export function IncidentBanner({ account }: { account: BankAccountView }) {
  const { t } = useLingui()
  const open = useQuery(openIncidentsQuery())
  const sentence = useIncidentSentence()
  const { incident } = account
  if (!incident) return null
  const full = open.data?.items.find((one) => one.id === incident.id)
  return (
    <Notice tone="bad" title={full ? sentence(full) : t`Инцидент открыт с ${formatSince(incident.opened_at)}`}>
      <p>
        <Link to="/incidents/$id" params={{ id: incident.id }} search={{}}>
          {t`Открыть инцидент`}
        </Link>
      </p>
    </Notice>
  )
}
