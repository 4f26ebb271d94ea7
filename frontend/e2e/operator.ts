import { expect, type Page } from '@playwright/test'
import { settings } from './world'

export async function signIn(page: Page, path = '/payments', email = settings.email) {
  await page.goto(path)
  await page.getByLabel('Почта').fill(email)
  await page.getByLabel('Пароль', { exact: true }).fill(settings.password)
  await page.getByRole('button', { name: 'Войти' }).click()
  await expect(page.getByRole('banner')).toBeVisible()
}

export async function find(page: Page, text: string) {
  await page.getByRole('searchbox').fill(text)
  await page.getByRole('button', { name: 'Найти' }).click()
}

/** The row of a client in the list. */
export const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

export const action = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** The two statuses at the top of an attempt's page, apart from those in its history. */
export const bankStatus = (page: Page) => page.getByTestId('bank-status')
export const crmStatus = (page: Page) => page.getByTestId('crm-status')

/** Any policy violation is a broken page for somebody; the test collects them from the first byte on. */
export async function watchPolicy(page: Page): Promise<string[]> {
  const violations: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|Content-Security-Policy/i.test(message.text())) violations.push(message.text())
  })
  page.on('pageerror', (error) => violations.push(error.message))
  return violations
}
