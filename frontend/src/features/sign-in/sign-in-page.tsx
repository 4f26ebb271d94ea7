import { useLingui } from '@lingui/react/macro'
import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { ProblemNotice } from '#src/api/problem-notice'
import { signIn } from '#src/api/session'
import styles from './sign-in-page.module.css'

const route = getRouteApi('/sign-in')

export function SignInPage() {
  const { t } = useLingui()
  const router = useRouter()
  const { redirect } = route.useSearch()
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: {
      email: (value) => (value.includes('@') ? null : t`Введите почту`),
      password: (value) => (value === '' ? t`Введите пароль` : null),
    },
  })
  const entering = useMutation({
    mutationFn: signIn,
    onSuccess: () => router.history.replace(redirect ?? '/payments'),
  })
  return (
    <main className={styles.page}>
      <title>{t`Вход · Сверка`}</title>
      <form className={styles.form} noValidate onSubmit={form.onSubmit((values) => entering.mutate(values))}>
        <svg width="28" height="28" viewBox="0 0 16 16" aria-hidden="true">
          <rect width="16" height="16" rx="3" fill="var(--accent)" />
          <path d="M4 8.2l2.6 2.6L12 5.4" fill="none" stroke="var(--bg)" strokeWidth="1.8" strokeLinecap="square" />
        </svg>
        <div>
          <h1 className={styles.title}>{t`Вход в Сверку`}</h1>
          <p className="quiet">{t`Журнал платежей и передача в учётную систему`}</p>
        </div>
        {entering.isError && <ProblemNotice error={entering.error} />}
        <TextInput
          size="sm"
          type="email"
          label={t`Почта`}
          autoComplete="username"
          autoFocus
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t`Пароль`}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t`Показать пароль` }}
          {...form.getInputProps('password')}
        />
        <Button type="submit" size="sm" loading={entering.isPending} fullWidth>{t`Войти`}</Button>
      </form>
    </main>
  )
}
