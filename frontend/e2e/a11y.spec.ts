import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { signIn, watchPolicy } from './operator'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

async function expectClean(page: Page, where: string) {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`),
  )
  expect(found, where).toEqual([])
}

for (const scheme of ['light', 'dark'] as const) {
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme })

    test('every page and every open dialog is clean, and nothing breaks the content policy', async ({ page }) => {
      const violations = await watchPolicy(page)
      await page.goto('/sign-in')
      await expect(page.getByRole('button', { name: 'Войти' })).toBeVisible()
      await expectClean(page, 'sign in')
      await page.getByRole('button', { name: 'Войти' }).click()
      await expectClean(page, 'sign in with errors')

      await signIn(page)
      await expect(page.locator('[data-row-link]').first()).toBeVisible()
      await expectClean(page, 'list')
      await page.goto('/payments?q=%D0%B0&status=paid,declined&attention=true&period=week')
      await expect(page.getByRole('button', { name: 'Сбросить' }).first()).toBeVisible()
      await expectClean(page, 'list with filters')
      await page.goto('/payments')
      await expect(page.locator('[data-row-link]').first()).toBeVisible()
      await page.keyboard.press('Shift+Slash')
      await expect(page.getByRole('dialog')).toBeVisible()
      await page.waitForTimeout(300)
      await expectClean(page, 'shortcuts')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()

      await page.keyboard.press('KeyJ')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await expect(page.getByRole('heading', { name: 'История' })).toBeVisible()
      await expectClean(page, 'attempt')
      await page.getByRole('button', { name: 'Изменить статус' }).click()
      if (await page.getByRole('dialog').isVisible()) {
        await page.waitForTimeout(1_000)
        await page.getByRole('dialog').getByRole('button', { name: 'Изменить статус' }).click()
        await expectClean(page, 'override with errors')
        await page.keyboard.press('Escape')
      }
      await page.goto('/bank-accounts')
      await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
      await expectClean(page, 'bank accounts')
      await page
        .getByRole('link', { name: /^Проверить уведомления/ })
        .first()
        .click()
      await expect(page.getByRole('heading', { name: 'Самопроверка' })).toBeVisible()
      await page.getByRole('button', { name: 'Отправить пробное уведомление' }).click()
      await expect(page.getByText(/^за \d+ мс$/)).toBeVisible()
      await expectClean(page, 'callback check')
      await page.goto('/incidents')
      await expect(page.getByRole('heading', { name: 'Закрытые' })).toBeVisible()
      await expectClean(page, 'incidents')
      await page.goto('/registries')
      await expect(page.getByRole('link', { name: 'Загрузить реестр' })).toBeVisible()
      await expectClean(page, 'registries')
      await page.goto('/registries/new?source=bank')
      await expect(page.getByRole('button', { name: 'Взять операции у банка' })).toBeVisible()
      await expectClean(page, 'registry from the bank')
      await page.goto('/registries/new')
      const account = page.getByLabel('Эквайринг')
      await expect(account.locator('option').nth(1)).toBeAttached()
      await account.selectOption({ index: 1 })
      const buffer = Buffer.from('Дата;Сумма;Номер\n24.11.2026;1,00;A-1\n')
      await page.getByLabel('Файл реестра').setInputFiles({ name: 'day.csv', mimeType: 'text/csv', buffer })
      await expect(page.getByRole('heading', { name: 'Что в каких столбцах' })).toBeVisible()
      await expectClean(page, 'mapping of a registry')
      await page.goto('/notifications')
      await expect(page.locator('[data-row-link]').first()).toBeVisible()
      await expectClean(page, 'notifications')
      await page.locator('[data-row-link]').first().click()
      await expect(page.getByRole('button', { name: 'Обработать ещё раз' })).toBeVisible()
      await expectClean(page, 'notification')
      await page.getByRole('banner').getByRole('button').last().click()
      await expect(page.getByRole('button', { name: 'Выйти' })).toBeVisible()
      await expectClean(page, 'user menu')
      await page.getByRole('button', { name: 'Выйти' }).click()
      await expect(page).toHaveURL(/sign-in/)
      expect(violations).toEqual([])
    })
  })
}

test('a dialog takes the focus, keeps it, closes on Esc and gives it back', async ({ page }) => {
  await signIn(page)
  await page.locator('[data-row-link]').first().click()
  const opener = page.getByRole('button', { name: 'Изменить статус' })
  await opener.click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab')
    await expect(dialog.locator(':focus')).toHaveCount(1)
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(opener).toBeFocused()
})
