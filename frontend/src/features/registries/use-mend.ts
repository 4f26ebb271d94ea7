import { useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { mendRegistryLine } from '#src/gen'
import type { Mend, RegistryLineView } from '#src/gen/types.gen'
import { showToast } from '#src/ui/toast'
import { resultWords } from './words'

type Request = {
  key: string
  line: RegistryLineView
  action: Mend
  payment_type?: string
  client_name?: string
}

/** An attempt that is missing from the registry has no number there. */
export const keyOf = (line: RegistryLineView) => `${line.number ?? ''}/${line.attempt_id ?? ''}`

export function useMend(registry: string) {
  const { t } = useLingui()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async ({ line, action, payment_type, client_name }: Request) => {
      const body = {
        line: line.number,
        attempt_id: line.number === null ? line.attempt_id : null,
        action,
        payment_type,
        client_name,
      }
      return (await mendRegistryLine({ path: { id: registry }, body, throwOnError: true })).data
    },
    onSuccess: (line) => showToast(t`Строка сверена заново: ${t(resultWords[line.result].label)}`),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: ['registries'] })
      void client.invalidateQueries({ queryKey: ['attempt'] })
      void client.invalidateQueries({ queryKey: ['attempts'] })
    },
  })
}
