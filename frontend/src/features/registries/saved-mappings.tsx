import { useLingui } from '@lingui/react/macro'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { deleteRegistryMapping } from '#src/gen'
import { Select } from '#src/ui/select'
import { showToast } from '#src/ui/toast'
import { mappingsQuery } from './queries'
import styles from './upload-page.module.css'

type Props = { bank: string; chosen: string | undefined; onChoose: (name: string | undefined) => void }

/** Layouts that were described before, for this bank or for any. */
export function SavedMappings({ bank, chosen, onChoose }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const list = useQuery(mappingsQuery())
  const forget = useMutation({
    mutationFn: (name: string) => deleteRegistryMapping({ path: { name }, throwOnError: true }),
    onSuccess: () => {
      showToast(t`Раскладка забыта`)
      onChoose(undefined)
    },
    onSettled: () => void client.invalidateQueries({ queryKey: ['registry-mappings'] }),
  })
  const mappings = (list.data?.items ?? []).filter((one) => one.bank === null || one.bank === bank)
  if (mappings.length === 0) return null
  return (
    <div className={styles.saved}>
      {chosen !== undefined && (
        <button
          type="button"
          className="link-button"
          disabled={forget.isPending}
          onClick={() => forget.mutate(chosen)}
        >{t`Забыть раскладку`}</button>
      )}
      <Select
        label={t`Читать как`}
        value={chosen ?? ''}
        options={[
          { value: '', label: t`Определить самому` },
          ...mappings.map(({ name }) => ({ value: name, label: name })),
        ]}
        onChange={(name) => onChoose(name === '' ? undefined : name)}
      />
    </div>
  )
}
