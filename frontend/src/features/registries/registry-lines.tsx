import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { ProblemNotice } from '#src/api/problem-notice'
import type { RegistryLineView, RegistryView } from '#src/gen/types.gen'
import { useFormat } from '#src/lib/use-format'
import { useRowKeys } from '#src/lib/use-row-keys'
import { ChoiceGroup } from '#src/ui/choice-group'
import { ListTable } from '#src/ui/list-table'
import { Pager } from '#src/ui/pager'
import { LineRow } from './line-row'
import { linesQuery } from './queries'
import { RecordDialog } from './record-dialog'
import styles from './registry-page.module.css'
import { type LinesSearch, lineResults, parseLinesSearch } from './search'
import { keyOf, useMend } from './use-mend'
import { resultMeanings, resultWords } from './words'

const route = getRouteApi('/_app/registries/$id')

export function RegistryLines({ registry }: { registry: RegistryView }) {
  const { t } = useLingui()
  const format = useFormat()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const list = useQuery(linesQuery(registry.id, search))
  const mend = useMend(registry.id)
  const [recording, setRecording] = useState<RegistryLineView | null>(null)
  useRowKeys()
  const go = (part: Partial<LinesSearch>) =>
    void navigate({ search: parseLinesSearch({ ...search, after: undefined, ...part }) })
  const only = search.result?.length === 1 ? search.result[0] : undefined
  return (
    <section className={styles.lines} aria-label={t`Строки реестра`}>
      <ChoiceGroup
        legend={t`Показать строки`}
        values={search.result}
        options={lineResults
          .filter((result) => registry.counts[result] > 0)
          .map((result) => ({
            value: result,
            label: `${t(resultWords[result].label)} ${format.number(registry.counts[result])}`,
            tone: resultWords[result].tone,
          }))}
        onChange={(result) => go({ result })}
      />
      {only !== undefined && <p className="quiet">{t(resultMeanings[only])}</p>}
      {list.isError && <ProblemNotice error={list.error} onRetry={() => void list.refetch()} />}
      {mend.isError && <ProblemNotice error={mend.error} title={t`Исправить не вышло`} />}
      <ListTable
        caption={t`Строки реестра`}
        loading={list.isPending}
        dimmed={list.isPlaceholderData}
        columns={[
          { key: 'number', title: '№', width: 64, align: 'right' },
          { key: 'at', title: t`Когда`, width: 104 },
          { key: 'kind', title: t`Операция`, width: 84, from: 'medium' },
          { key: 'order', title: t`Заказ и номер в банке` },
          { key: 'amount', title: t`Сумма`, width: 116, align: 'right' },
          { key: 'fee', title: t`Комиссия`, width: 96, align: 'right', from: 'wide' },
          { key: 'result', title: t`Итог`, width: 176 },
          { key: 'problem', title: t`Что не так`, width: 236 },
          { key: 'mends', title: t`Исправить`, width: 148 },
        ]}
      >
        {list.data?.items.map((line) => (
          <LineRow
            key={keyOf(line)}
            line={line}
            busy={mend.isPending && mend.variables?.key === keyOf(line)}
            onMend={(action) =>
              action === 'record_attempt' ? setRecording(line) : mend.mutate({ key: keyOf(line), line, action })
            }
          />
        ))}
      </ListTable>
      {list.data?.items.length === 0 && <p className="quiet">{t`Таких строк нет.`}</p>}
      {(search.after !== undefined || list.data?.next_cursor) && (
        <Pager
          after={search.after}
          nextCursor={list.isPlaceholderData ? null : (list.data?.next_cursor ?? null)}
          onGo={(after) => go({ after })}
        />
      )}
      <RecordDialog
        line={recording}
        onClose={() => setRecording(null)}
        onRecord={(line, what) => {
          setRecording(null)
          mend.mutate({ key: keyOf(line), line, action: 'record_attempt', ...what })
        }}
      />
    </section>
  )
}
