import { useLingui } from '@lingui/react/macro'
import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ProblemNotice } from '#src/api/problem-notice'
import { useTitles } from '#src/api/reference'
import type { RegistryView } from '#src/gen/types.gen'
import { formatFull } from '#src/lib/time'
import { BackMark, backLinkClass } from '#src/ui/back-link'
import { Page } from '#src/ui/page'
import { registryQuery } from './queries'
import { RegistryLines } from './registry-lines'
import styles from './registry-page.module.css'
import { Sums } from './sums'
import { useLayoutName } from './use-layout-name'
import { usePeriod } from './use-period'
import { Verdict } from './verdict'

const route = getRouteApi('/_app/registries/$id')

export function RegistryPage() {
  const { t } = useLingui()
  const { id } = route.useParams()
  const query = useQuery(registryQuery(id))
  if (query.data !== undefined) return <One registry={query.data} />
  return (
    <Page title={t`Реестр`}>
      {query.isError ? (
        <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Skeleton height={420} />
      )}
    </Page>
  )
}

function One({ registry }: { registry: RegistryView }) {
  const { t } = useLingui()
  const title = useTitles()
  const layout = useLayoutName()
  const period = usePeriod()
  const name = `${title.bank(registry.bank)} · ${registry.bank_account}, ${period(registry.period)}`
  return (
    <Page
      title={name}
      heading={name}
      subtitle={
        <>
          {registry.file_name ?? t`взят у банка`} · {layout(registry.layout)} ·{' '}
          {registry.loaded_by === null
            ? t`загружен ${formatFull(registry.loaded_at)}`
            : t`загрузил ${registry.loaded_by} ${formatFull(registry.loaded_at)}`}
        </>
      }
      back={
        <Link to="/registries" search={{}} className={backLinkClass}>
          <BackMark>{t`Реестры`}</BackMark>
        </Link>
      }
    >
      <div className={styles.top}>
        <Verdict registry={registry} />
        <Sums registry={registry} />
      </div>
      <RegistryLines registry={registry} />
    </Page>
  )
}
