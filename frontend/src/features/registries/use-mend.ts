import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { draft, type MendAction, type RegistryLine } from '#src/api/draft'
import { showToast } from '#src/ui/toast'
import { resultWords } from './words'

type Mend = {
  key: string
  line: RegistryLine
  action: MendAction
  payment_type?: string
  client_name?: string
}

/** An attempt that is missing from the registry has no number there. */
export const keyOf = (line: RegistryLine) => `${line.number ?? ''}/${line.attempt_id ?? ''}`

export function useMend(registry: string) {
  const { t } = useLingui()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ line, action, payment_type, client_name }: Mend) =>
      draft.mend(registry, {
        line: line.number,
        attempt_id: line.number === null ? line.attempt_id : null,
        action,
        payment_type,
        client_name,
      }),
    onSuccess: (line) => showToast(t`Строка сверена заново: ${t(resultWords[line.result].label)}`),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['registries'] })
      void client.invalidateQueries({ queryKey: ['attempt'] })
      void client.invalidateQueries({ queryKey: ['attempts'] })
    },
  })
}
