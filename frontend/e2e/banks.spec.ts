import { expect, test } from '@playwright/test'
import type { AttemptView } from '../src/gen/types.gen'
import { bankStatus, signIn } from './operator'
import { askBank, newAttempt, newClient, settings, world } from './world'

/** The banks' side on the real server: does a bank talk, what when it stops, and what its registry says. */

/** More losses in a row than any account's history explains. */
const paidInSilence = 14
const { silentAccount } = settings
const silent: { paid: AttemptView[]; waiting: AttemptView[] } = { paid: [], waiting: [] }

const attemptAt = (account: string) => newAttempt(newClient(), 450_000, account)
const address = (account: string) => `/bank-accounts/${settings.bank}/${account}`

test.beforeAll(async () => {
  await world.calm()
  // A notification is waited for three minutes before it counts as lost: meanwhile the other tests run.
  for (let count = 0; count < paidInSilence; count += 1) {
    const attempt = await attemptAt(silentAccount)
    await world.pay(attempt.order_number, { callback: 'drop' }, silentAccount)
    silent.paid.push(attempt)
  }
  await askBank(silent.paid)
  silent.waiting = [await attemptAt(silentAccount), await attemptAt(silentAccount)]
})
test.afterAll(() => world.calm())

test('1. the callback check: the exact address, and a trial notification that goes all the way', async ({ page }) => {
  await signIn(page, '/bank-accounts')
  const card = page.getByRole('region', { name: new RegExp(`· ${settings.account}$`) }).first()
  await card.getByRole('link', { name: /Проверить уведомления/ }).click()
  await expect(page).toHaveURL(new RegExp(`${address(settings.account)}$`))
  const callback = new RegExp(`/callbacks/${settings.bank}/${settings.account}$`)
  await expect(page.getByText(callback).first()).toBeVisible()
  await page.getByRole('button', { name: 'Отправить пробное уведомление' }).click()
  await expect(page.getByText('Уведомление прошло весь путь: дошло по публичному адресу и принято.')).toBeVisible()
  await page.reload()
  await expect(page.getByText('Уведомление прошло весь путь: дошло по публичному адресу и принято.')).toBeVisible()

  await page.getByRole('link', { name: 'уведомление', exact: true }).click()
  await expect(page.getByRole('heading', { name: /^Подлинное/ })).toBeVisible()
  await expect(page.getByText('проверка адреса')).toBeVisible()
})

test('2. a registry: a payment that nobody told of is healed, with the registry as the evidence', async ({ page }) => {
  await world.bankFaults({ query_mode: 'down' })
  const attempt = await attemptAt(settings.account)
  await world.pay(attempt.order_number, { callback: 'drop' })
  const file = await world.registry()

  await signIn(page, '/registries')
  await page.getByRole('link', { name: 'Загрузить реестр' }).click()
  const chosen = `${settings.bank}/${settings.account}`
  await page.getByLabel('Эквайринг').selectOption(chosen)
  const upload = { name: `day-${Date.now()}.csv`, mimeType: 'text/csv', buffer: file }
  await page.getByLabel('Файл реестра').setInputFiles(upload)
  await expect(page.getByText('Это реестр Сверки')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Первые строки файла' })).toContainText(attempt.order_number)
  await page.getByRole('button', { name: 'Загрузить реестр' }).click()

  await expect(page).toHaveURL(/\/registries\/[0-9a-f-]{36}$/)
  await expect(page.getByRole('region', { name: 'Суммы' }).getByText('сходятся')).toBeVisible()
  await page.getByRole('checkbox', { name: /^Восстановлено/ }).check()
  await expect(page).toHaveURL(/result=healed/)
  const row = page.getByRole('row').filter({ hasText: attempt.order_number })
  await expect(row).toContainText('Восстановлено')
  await row.getByRole('link').click()
  await expect(bankStatus(page)).toHaveText('Оплачен')
  await expect(page.getByText('Найдено в реестре банка')).toBeVisible()
  await world.calm()

  await page.goto('/registries/new')
  await page.getByLabel('Эквайринг').selectOption(chosen)
  await page.getByLabel('Файл реестра').setInputFiles(upload)
  await page.getByRole('button', { name: 'Загрузить реестр' }).click()
  await expect(page.getByText('Этот файл уже загружали: вот что вышло тогда.')).toBeVisible()
})

test('3. an incident: said in one sentence, the bank is asked about all, and the payments are healed', async ({
  page,
}) => {
  test.setTimeout(420_000)
  await signIn(page, address(silentAccount))
  const banner = page.getByText(/^Уведомления не приходят с .*, \d+ оплат.*, \d+ восстановлено опросом, \d+ жд[ёу]т/)
  await expect(banner).toBeVisible({ timeout: 360_000 })
  await page.getByRole('link', { name: /^Инциденты 1 / }).click()
  await page.getByRole('link', { name: /^Уведомления не приходят с / }).click()
  await expect(page.getByText(/Обычно за это время приходит уведомлений/)).toBeVisible()
  const letter = page.locator('pre')
  await expect(letter).toContainText(silent.paid.at(-1)?.bank_order_id ?? 'an id')
  await expect(letter).not.toContainText('Тестова')

  for (const { order_number } of silent.waiting) {
    await world.pay(order_number, { callback: 'drop' }, silentAccount)
  }
  const rowOf = (attempt: AttemptView) => page.getByRole('row').filter({ hasText: attempt.order_number })
  await page.getByRole('button', { name: 'Запросить банк по всем' }).click()
  await expect(page.getByRole('status').filter({ hasText: /Спрашиваем банк о|Спрашивать не о чем/ })).toBeVisible()
  for (const attempt of silent.waiting) {
    await expect(rowOf(attempt)).toContainText('Оплачен', { timeout: 60_000 })
  }
  await page.getByRole('radio', { name: 'EN' }).check({ force: true })
  await expect(letter).toContainText(/notification/i)
})
