import { expect, test } from '@playwright/test'
import type { AttemptView } from '../src/gen/types.gen'
import { expectClean } from './axe'
import { crmStatus, rowOf, signIn } from './operator'
import { newAttempt, newClient, settings, world } from './world'

/** The accounting side on the real server: a system that goes down, a payment that is there already, many at once. */
test.beforeEach(() => world.calm())
test.afterAll(() => world.calm())

const locker = (client: ReturnType<typeof newClient>) =>
  newAttempt(client, 450_000, settings.account, settings.onecPaymentType)

test('1. 1C goes down: everybody sees it and what waits, and it all gets there once 1C is back', async ({ page }) => {
  const clients = [newClient(), newClient(), newClient()]
  for (const client of clients) await world.onecClient(client)
  await world.onec('down')
  for (const client of clients) await world.pay((await locker(client)).order_number)

  await signIn(page, '/payments')
  await expect(page.getByRole('link', { name: /^Учётные системы 1 / })).toBeVisible({ timeout: 60_000 })
  await page.getByRole('link', { name: /^Учётные системы/ }).click()
  const card = page.getByRole('region', { name: new RegExp(`· ${settings.onecConnection}$`) })
  await expect(card).toContainText(/Недоступна с .*, ждут 3 оплаты на 13\s500,00\s₽, самая старая с /, {
    timeout: 60_000,
  })
  await card.getByRole('link').first().click()
  await expect(page.getByRole('heading', { name: /^Недоступна с / })).toBeVisible()
  for (const client of clients) await expect(rowOf(page, client.name)).toHaveCount(1)

  await expectClean(page, 'an accounting system that is down')
  await page.getByRole('button', { name: 'Проверить', exact: true }).click()
  const reach = page.getByRole('listitem').filter({ hasText: 'Адрес отвечает' })
  await expect(reach).toContainText('неисправно', { timeout: 60_000 })
  await expect(reach).toContainText('Проверьте адрес в конфигурации')

  await world.onec('ok')
  await expect(page.getByRole('heading', { name: 'Работает, никто не ждёт' })).toBeVisible({ timeout: 110_000 })
  await page.getByRole('button', { name: 'Проверить', exact: true }).click()
  await expect(reach).toContainText('исправно')
  await expect(reach).not.toContainText('неисправно')
  for (const client of clients) expect(await world.onecDocumentsOf(client.name)).toHaveLength(1)
})

test('2. already entered by hand: Sverka asks, the cards are compared, and the document is linked', async ({
  page,
}) => {
  const client = newClient()
  const key = await world.onecClient(client)
  const document = await world.enteredByHand(key, 450_000, 'Показала чек на телефоне')
  const attempt = await locker(client)
  await world.pay(attempt.order_number)

  await signIn(page, '/holds')
  await expect(rowOf(page, client.name)).toContainText('Похоже на дубль', { timeout: 60_000 })
  await rowOf(page, client.name).getByRole('link').click()
  await expect(page.getByRole('heading', { name: /Похоже, этот платёж уже внесли/ })).toBeVisible()
  const theirs = page.getByRole('article', { name: `Документ ${document.number}` })
  await expect(theirs).toContainText('Показала чек на телефоне')
  await expect(theirs).toContainText(new RegExp(`${client.name}.*совпадает`))
  await expectClean(page, 'a held payment')
  await theirs.getByRole('button', { name: /^Это она/ }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('Новый документ не появится')
  await dialog.getByRole('button', { name: 'Это она — связать' }).click()
  await expect(dialog).toContainText('Напишите, почему вы так решили')
  await dialog.getByLabel('Причина').fill('Лена подтвердила: внесла сама')
  await dialog.getByRole('button', { name: 'Это она — связать' }).click()
  await expect(dialog).toBeHidden()
  await expect(crmStatus(page)).toHaveText('Синхронизировано')
  await expect(page.getByText('Лена подтвердила: внесла сама')).toBeVisible()
  await expect(page.getByText('связать с найденным документом')).toBeVisible()
  expect((await world.onecDocumentsOf(client.name)).map(({ number }) => number)).toEqual([document.number])
  await page.goto('/holds')
  await expect(page.getByRole('heading', { name: 'Ждут решения' })).toBeVisible()
  await expect(rowOf(page, client.name)).toHaveCount(0)
})

test('3. many at once: rehearsed, told by outcome, and only then passed on', async ({ page }) => {
  const client = newClient()
  await world.accounting('reject422')
  const attempts: AttemptView[] = []
  for (let count = 0; count < 3; count += 1) attempts.push(await newAttempt(client))
  for (const { order_number } of attempts) await world.pay(order_number)
  const unpaid = await newAttempt(client)

  await signIn(page, `/payments?q=${encodeURIComponent(client.phone)}`)
  await expect(page.getByRole('row').filter({ hasText: 'Нужно вмешаться' })).toHaveCount(3, { timeout: 60_000 })
  await world.accounting('ok')
  await page.getByRole('button', { name: 'С найденными' }).click()
  await page.getByRole('button', { name: 'Синхронизировать найденные…' }).click()
  await expect(page.getByRole('dialog')).toContainText('4 платежа')
  await page.getByRole('button', { name: 'Начать репетицию' }).click()

  await expect(page).toHaveURL(/\/bulk-runs\/[0-9a-f-]{36}$/)
  await expect(page.getByText('Это репетиция: ничего не передано.')).toBeVisible({ timeout: 60_000 })
  await expect(page.getByRole('link', { name: '3 будет передано' })).toBeVisible()
  await expectClean(page, 'a rehearsal')
  await page.getByRole('link', { name: '1 не оплачено' }).click()
  await expect(page.getByRole('row').filter({ hasText: unpaid.order_number })).toHaveCount(1)
  for (const { id } of attempts) expect(await world.documentsFor(id)).toBe(0)

  await page.getByRole('button', { name: 'Передать…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Передать' }).click()
  await expect(page.getByRole('heading', { name: 'Синхронизация с CRM' })).toBeVisible()
  await expect(page.getByRole('link', { name: '3 поставлено в очередь' })).toBeVisible({ timeout: 60_000 })
  for (const { id } of attempts) {
    await expect.poll(() => world.documentsFor(id), { timeout: 60_000 }).toBe(1)
  }
  await page.getByRole('link', { name: 'Массовые действия' }).click()
  await expect(page.getByRole('link', { name: 'Репетиция синхронизации' }).first()).toBeVisible()
})

test('4. a supervisor pauses with a reason: nothing is passed on until it is resumed', async ({ page }) => {
  await signIn(page, `/connections/${settings.accounting}`, settings.supervisor)
  await page.getByRole('button', { name: 'Приостановить…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Причина').fill('Закрываем месяц')
  await dialog.getByRole('button', { name: 'Приостановить' }).click()
  await expect(page.getByRole('heading', { name: /^Приостановлена с .*никто не ждёт$/ })).toBeVisible()
  await expect(page.getByText(/: Закрываем месяц$/)).toBeVisible()

  const attempt = await newAttempt()
  await world.pay(attempt.order_number)
  await expect(page.getByRole('heading', { name: /^Приостановлена с .*ждёт 1 оплата/ })).toBeVisible({
    timeout: 60_000,
  })
  expect(await world.documentsFor(attempt.id)).toBe(0)
  await page.getByRole('button', { name: 'Возобновить' }).click()
  await expect(page.getByRole('heading', { name: 'Работает, никто не ждёт' })).toBeVisible({ timeout: 60_000 })
  expect(await world.documentsFor(attempt.id)).toBe(1)
})
