import { useLingui } from '@lingui/react/macro'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useAccounts } from '#src/api/account-choice'
import { useMayMend } from '#src/api/may-mend'
import type { RegistryView } from '#src/gen/types.gen'
import { BackMark, backLinkClass } from '#src/ui/back-link'
import { Page } from '#src/ui/page'
import { Segments } from '#src/ui/segments'
import { showToast } from '#src/ui/toast'
import { FileUpload } from './file-upload'
import { PullForm } from './pull-form'
import { parseUploadSearch, type UploadSearch } from './search'

const route = getRouteApi('/_app/registries/new')

/** A registry comes as a file, or straight from the bank. */
export function UploadPage() {
  const { t } = useLingui()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const mayMend = useMayMend()
  const accounts = useAccounts()
  // With one account there is nothing to choose.
  const only = accounts.length === 1 ? accounts[0] : undefined
  const chosen = { bank: search.bank ?? only?.bank, account: search.account ?? only?.account }
  const go = (part: Partial<UploadSearch>) =>
    void navigate({ search: parseUploadSearch({ ...search, ...part }), replace: true })
  const done = (registry: RegistryView, known: boolean) => {
    if (known) showToast(t`Этот файл уже загружали: вот что вышло тогда.`)
    void navigate({ to: '/registries/$id', params: { id: registry.id }, search: {} })
  }
  return (
    <Page
      title={t`Загрузить реестр`}
      heading={t`Загрузить реестр`}
      back={
        <Link to="/registries" search={{}} className={backLinkClass}>
          <BackMark>{t`Реестры`}</BackMark>
        </Link>
      }
      aside={
        <Segments
          legend={t`Откуда взять реестр`}
          value={search.source ?? 'file'}
          options={[
            { value: 'file', label: t`Из файла` },
            { value: 'bank', label: t`У банка` },
          ]}
          onChange={(source) => go({ source: source === 'file' ? undefined : source })}
        />
      }
    >
      {!mayMend && <p className="quiet">{t`Загружать реестры может оператор: у вас право только смотреть.`}</p>}
      {mayMend &&
        (search.source === 'bank' ? (
          <PullForm chosen={chosen} onChoose={go} onDone={done} />
        ) : (
          <FileUpload chosen={chosen} onChoose={go} onDone={done} />
        ))}
    </Page>
  )
}
