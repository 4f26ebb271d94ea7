import { useLingui } from '@lingui/react/macro'
import { Button, Skeleton } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { AccountChoice } from '#src/api/account-choice'
import { ProblemNotice } from '#src/api/problem-notice'
import { loadRegistry, putRegistryMapping } from '#src/gen'
import type { Mapping, PreviewView, RegistryView } from '#src/gen/types.gen'
import { asItIs } from './as-it-is'
import { FileDrop } from './file-drop'
import { Layout } from './layout'
import { MappingForm } from './mapping-form'
import { PreviewTable } from './preview-table'
import { previewQuery } from './queries'
import { SavedMappings } from './saved-mappings'
import styles from './upload-page.module.css'

export type Chosen = { bank?: string; account?: string }
type Props = {
  chosen: Chosen
  onChoose: (chosen: Chosen) => void
  onDone: (registry: RegistryView, known: boolean) => void
}

type Load = { file: File; bank: string; account: string; mapping?: string; save?: Mapping }

/** Choose the account, drop the file, see how it is read, load it. Nothing is kept before the last step. */
export function FileUpload({ chosen, onChoose, onDone }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [file, setFile] = useState<File | null>(null)
  const [saved, setSaved] = useState<string | undefined>()
  const { bank, account } = chosen
  const load = useMutation({
    mutationFn: async ({ file, bank, account, mapping, save }: Load) => {
      if (save !== undefined) await putRegistryMapping({ path: { name: save.name }, body: save, throwOnError: true })
      const query = { bank, bank_account: account, file_name: file.name, mapping }
      const { data, response } = await loadRegistry({ query, body: asItIs(file), throwOnError: true })
      return { registry: data, isKnown: response.status === 200 }
    },
    onSuccess: ({ registry, isKnown }) => {
      void client.invalidateQueries({ queryKey: ['registries'] })
      onDone(registry, isKnown)
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['registry-mappings'] }),
  })
  return (
    <div className={styles.steps}>
      <div className={styles.start}>
        <AccountChoice chosen={chosen} onChange={onChoose} />
        <FileDrop
          file={file}
          onFile={(next) => {
            load.reset()
            setFile(next)
          }}
        />
      </div>
      {file !== null && (bank === undefined || account === undefined) && (
        <p className={styles.ask}>{t`Выберите эквайринг: от банка зависит, как читать файл.`}</p>
      )}
      {load.isError && <ProblemNotice error={load.error} title={t`Файл не загружен`} />}
      {file !== null && bank !== undefined && account !== undefined && (
        <Read
          // Another file is read from the start, with nothing typed for the one before.
          key={`${file.name}/${file.size}/${file.lastModified}/${bank}/${saved ?? ''}`}
          file={file}
          bank={bank}
          saved={saved}
          onSaved={setSaved}
          busy={load.isPending}
          onLoad={(mapping, save) => load.mutate({ file, bank, account, mapping, save })}
        />
      )}
    </div>
  )
}

type ReadProps = {
  file: File
  bank: string
  saved: string | undefined
  onSaved: (name: string | undefined) => void
  busy: boolean
  onLoad: (mapping?: string, save?: Mapping) => void
}

function Read({ file, bank, saved, onSaved, busy, onLoad }: ReadProps) {
  const { t } = useLingui()
  const preview = useQuery(previewQuery(file, bank, saved))
  if (preview.isPending) {
    return (
      <div aria-busy="true">
        <p className="visually-hidden" role="status">{t`Читаем файл…`}</p>
        <Skeleton height={260} />
      </div>
    )
  }
  if (preview.isError) {
    return <ProblemNotice error={preview.error} onRetry={() => void preview.refetch()} />
  }
  return <Readable bank={bank} preview={preview.data} saved={saved} onSaved={onSaved} busy={busy} onLoad={onLoad} />
}

type ReadableProps = Omit<ReadProps, 'file'> & { preview: PreviewView }

function Readable({ bank, preview, saved, onSaved, busy, onLoad }: ReadableProps) {
  const { t } = useLingui()
  const [byHand, setByHand] = useState(preview.layout === null)
  const [columns, setColumns] = useState<Record<string, string>>({})
  return (
    <>
      <div className={styles.layoutLine}>
        <Layout preview={preview} />
        <SavedMappings bank={bank} chosen={saved} onChoose={onSaved} />
      </div>
      <PreviewTable preview={preview} roles={byHand ? columns : {}} />
      {byHand ? (
        <MappingForm
          bank={bank}
          preview={preview}
          busy={busy}
          onColumns={setColumns}
          onSubmit={(mapping) => onLoad(mapping.name, mapping)}
          onCancel={preview.layout === null ? undefined : () => setByHand(false)}
        />
      ) : (
        <div className={styles.buttons}>
          <Button loading={busy} onClick={() => onLoad(saved)}>{t`Загрузить реестр`}</Button>
          {preview.format !== 'client_bank' && (
            <button type="button" className="link-button" onClick={() => setByHand(true)}>
              {t`Столбцы поняты неверно? Указать самому`}
            </button>
          )}
        </div>
      )}
    </>
  )
}
