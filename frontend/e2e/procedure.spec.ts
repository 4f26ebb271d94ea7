import { expect, test } from '@playwright/test'
import { action, bankStatus, crmStatus, find, rowOf, signIn } from './operator'
import { newAttempt, newClient, settings, world } from './world'

/** The operator's procedure from beginning to end, on the real server, with a simulated world around it. */
test.beforeEach(() => world.calm())
test.afterAll(() => world.calm())

test('1. signs in, and is brought to the payments', async ({ page }) => {
  await page.goto('/')
  await page.getByLabel('Почта').fill(settings.email)
  await page.getByLabel('Пароль', { exact: true }).fill(`${settings.password}-wrong`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('Неверная почта или пароль')
  await page.getByLabel('Пароль', { exact: true }).fill(settings.password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/payments$/)
  await expect(page.getByRole('heading', { name: 'Orders – Платежи' })).toBeAttached()
  await page.reload()
  await expect(page.getByRole('searchbox')).toBeVisible()
})

test('2. finds the payment by surname, phone or last four digits, and the address keeps the filters', async ({
  page,
}) => {
  const client = newClient()
  const attempt = await newAttempt(client)
  const surname = client.name.split(' ')[0] ?? ''
  const digits = client.phone.slice(2)
  await signIn(page)
  for (const spelling of [
    surname,
    surname.toUpperCase(),
    `8 (${digits.slice(0, 3)}) ${digits.slice(3)}`,
    client.phone,
  ]) {
    await find(page, spelling)
    await expect(rowOf(page, client.name)).toHaveCount(1)
    await expect(page.getByText('1 платёж')).toBeVisible()
  }
  await find(page, client.lastFour)
  await expect(rowOf(page, client.name)).toHaveCount(1)

  const filters = page.getByRole('complementary', { name: 'Фильтры' })
  await find(page, surname)
  await filters.getByRole('group', { name: 'Статус от банка' }).getByText('Отклонён').click()
  await expect(page.getByText('Ничего не найдено')).toBeVisible()
  await page.getByRole('button', { name: 'Убрать фильтр: Отклонён' }).click()
  await filters.getByRole('button', { name: 'Сегодня' }).click()
  await expect(page).toHaveURL(/period=today/)
  await page.reload()
  await expect(rowOf(page, client.name)).toHaveCount(1)
  await expect(filters.getByRole('button', { name: 'Сегодня' })).toHaveAttribute('aria-pressed', 'true')

  await page.getByRole('link', { name: client.name }).click()
  await expect(page).toHaveURL(new RegExp(attempt.id))
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/period=today/)
  await expect(page.getByRole('link', { name: client.name })).toBeFocused()
  await page.getByRole('button', { name: 'Сбросить' }).click()
  await expect(page).toHaveURL(/\/payments$/)
})

test('3. sees both statuses in the row, and the diagnosis, history, raw notification and buttons inside', async ({
  page,
}) => {
  const client = newClient()
  const attempt = await newAttempt(client)
  await world.pay(attempt.order_number)
  await signIn(page, `/payments?q=${encodeURIComponent(client.phone)}`)
  const row = rowOf(page, client.name)
  await expect(page.getByRole('columnheader', { name: 'Статус от банка' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Синхронизировано с CRM' })).toBeVisible()
  await expect(row).toContainText('Оплачен', { timeout: 30_000 })
  await expect(row).toContainText('Синхронизировано', { timeout: 30_000 })

  await row.getByRole('link').click()
  await expect(page.getByRole('heading', { name: 'Платёж оплачен и проведён в учётной системе.' })).toBeVisible()
  await page.getByText('Исходное уведомление').first().click()
  await expect(page.locator('details[open] pre')).toContainText(attempt.order_number)
  for (const name of ['Запросить банк', 'Изменить статус', 'Синхронизировать с CRM', 'Уже проведён вручную']) {
    await expect(action(page, name)).toBeVisible()
  }
  await expect(action(page, 'Синхронизировать с CRM')).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByText('Платёж уже в учётной системе.').first()).toBeVisible()
  expect(await world.documentsFor(attempt.id)).toBe(1)
})

test('4. a lost notification: asks the bank, the payment turns out paid, and the loss is counted', async ({ page }) => {
  const attempt = await newAttempt()
  await world.pay(attempt.order_number, { callback: 'drop' })
  await signIn(page, `/payments/${attempt.id}`)
  await action(page, 'Запросить банк').click()
  const answer = page.getByRole('status').filter({ hasText: 'Банк ответил' })
  await expect(answer).toContainText('Оплачен')
  await expect(bankStatus(page)).toHaveText('Оплачен')
  await expect(crmStatus(page)).toHaveText('Синхронизировано', { timeout: 30_000 })
  await expect(page.getByText(/^Потерянное уведомление:/)).toBeVisible({ timeout: 60_000 })

  await page.goto(`/payments?lost=true&q=${attempt.order_number}`)
  await expect(page.getByRole('row').filter({ hasText: attempt.order_number })).toHaveCount(1)
  await page.goto('/bank-accounts')
  const card = page.getByRole('region', { name: new RegExp(`· ${settings.account}$`) }).first()
  await expect(card).toContainText('Потеряно уведомлений')
  await expect(page.getByRole('link', { name: 'показать' }).first()).toBeVisible()
})

test('5. the bank is unreachable: sets «Оплачен» by hand with a reason, then syncs', async ({ page }) => {
  const attempt = await newAttempt()
  await world.bankFaults({ query_mode: 'down' })
  // So long that only the button can be what passes the payment on.
  await world.accounting('busy503', 60)
  await world.pay(attempt.order_number, { callback: 'drop' })
  await signIn(page, `/payments/${attempt.id}`)
  await action(page, 'Изменить статус').click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('alert')).toContainText('не отвечает', { timeout: 45_000 })
  await dialog.getByRole('radio', { name: 'Оплачен' }).check()
  await dialog.getByLabel('Причина').fill('коротко')
  await dialog.getByRole('button', { name: 'Изменить статус' }).click()
  await expect(dialog).toContainText('не короче 10 знаков')
  await dialog.getByLabel('Причина').fill('Платёж виден в кабинете банка, уведомление не пришло')
  await expect(dialog).toContainText('Платёж будет передан в учётную систему.')
  await expect(dialog).toContainText(settings.email)
  await dialog.getByRole('button', { name: 'Изменить статус' }).click()
  await expect(dialog).toBeHidden()
  await expect(bankStatus(page)).toHaveText('Оплачен')
  await expect(page.getByText('Платёж виден в кабинете банка, уведомление не пришло')).toBeVisible()

  await expect(crmStatus(page)).toHaveText('Повторяем', { timeout: 30_000 })
  await world.accounting('ok')
  await action(page, 'Синхронизировать с CRM').click()
  // If the payment moved while the dialog was open, it says so, and the button is pressed once more.
  await expect(async () => {
    await dialog.getByRole('button', { name: 'Синхронизировать' }).click()
    await expect(dialog).toBeHidden({ timeout: 3_000 })
  }).toPass({ timeout: 20_000 })
  await expect(crmStatus(page)).toHaveText('Синхронизировано', { timeout: 30_000 })
  expect(await world.documentsFor(attempt.id)).toBe(1)
})

test('6. «Уже проведён вручную»: it is never sent, and sync is refused with the reason', async ({ page }) => {
  const attempt = await newAttempt()
  await world.accounting('busy503')
  await world.pay(attempt.order_number)
  await signIn(page, `/payments/${attempt.id}`)
  await expect(crmStatus(page)).toHaveText('Повторяем', { timeout: 30_000 })
  await action(page, 'Уже проведён вручную').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Номер документа в учётной системе').fill('РУЧ-118')
  await dialog.getByLabel('Причина').fill('Внесла бухгалтер по просьбе клиента')
  await dialog.getByRole('button', { name: 'Отметить' }).click()
  await expect(dialog).toBeHidden()
  await expect(crmStatus(page)).toHaveText('Проведён вручную')
  await expect(action(page, 'Синхронизировать с CRM')).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByText('Платёж уже проведён вручную: передавать его нельзя.').first()).toBeVisible()
  await world.accounting('ok')
  // Long enough for a try that should not happen to happen.
  await page.waitForTimeout(5_000)
  expect(await world.documentsFor(attempt.id)).toBe(0)
})

test('7. accounting is down: the payment waits, and gets there once as soon as it is up', async ({ page }) => {
  const attempt = await newAttempt()
  await world.accounting('busy503')
  await world.pay(attempt.order_number)
  await signIn(page, `/payments/${attempt.id}`)
  await expect(crmStatus(page)).toHaveText('Повторяем', { timeout: 30_000 })
  await expect(page.getByText(/Сверка повторит \d/)).toBeVisible()
  await world.accounting('ok')
  await expect(crmStatus(page)).toHaveText('Синхронизировано', { timeout: 90_000 })
  expect(await world.documentsFor(attempt.id)).toBe(1)
})
