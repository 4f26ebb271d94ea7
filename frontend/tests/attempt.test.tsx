import { screen, waitFor, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { expect, it, vi } from 'vitest'
import { world } from '#mock/world'
import type { OverrideBody } from '#src/gen/types.gen'
import { renderApp } from './render-app'
import { server } from './server'

const button = (name: string) => screen.findByRole('button', { name })
const dialog = () => screen.findByRole('dialog')

it('says in one sentence why, quotes the other system, and says when the next try is', async () => {
  await renderApp('/payments/att-accounting-down')
  expect(await screen.findByRole('heading', { name: /учётная система не отвечает/ })).toBeInTheDocument()
  expect(screen.getAllByText('503 Service Unavailable: Регламентные работы до 12:00').length).toBeGreaterThan(0)
  expect(screen.getByText(/Сверка повторит \d/)).toBeInTheDocument()
})

it('a button that is not allowed says why and does nothing', async () => {
  const { user } = await renderApp('/payments/att-by-hand')
  const sync = await button('Синхронизировать с CRM')
  expect(sync).toHaveAttribute('aria-disabled', 'true')
  expect(sync).toHaveAccessibleDescription('Платёж уже проведён вручную: передавать его нельзя.')
  await user.click(sync)
  await user.keyboard('s')
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument()
})

it('«Запросить банк» shows what the bank said and that it changed the status', async () => {
  const { user } = await renderApp('/payments/att-lost')
  await user.click(await button('Запросить банк'))
  const answer = await screen.findByText('Банк ответил, статус обновлён')
  expect(answer.parentElement).toHaveTextContent('Проведена полная авторизация суммы заказа')
  expect(await screen.findByText(/Потерянное уведомление: банк считает/)).toBeInTheDocument()
})

it('«Запросить банк» says when nothing has changed', async () => {
  const { user } = await renderApp('/payments/att-declined')
  await user.click(await button('Запросить банк'))
  expect(await screen.findByText('Банк ответил, ничего не изменилось')).toBeInTheDocument()
})

it('an override asks the bank first, wants a reason, and is drawn only when the server has agreed', async () => {
  const { user } = await renderApp('/payments/att-bank-down')
  await user.click(await button('Изменить статус'))
  const box = within(await dialog())
  expect(await box.findByText('Банк (PayOnline) не отвечает')).toBeInTheDocument()
  await user.click(box.getByRole('radio', { name: 'Оплачен' }))
  expect(box.getByText('Платёж будет передан в учётную систему.')).toBeInTheDocument()
  expect(box.getByText(/Ольга Миронова \(operator@example.com\)/)).toBeInTheDocument()
  const save = box.getByRole('button', { name: 'Изменить статус' })
  await user.type(box.getByLabelText(/Причина/), 'коротко')
  await user.click(save)
  expect(box.getByText('Напишите причину, не короче 10 знаков')).toBeInTheDocument()
  expect(world.attempts.get('att-bank-down')?.bank_status).toBe('pending')
  await user.type(box.getByLabelText(/Причина/), ' — теперь нет, деньги видны в кабинете банка')
  await user.click(save)
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(await screen.findByText('Статус изменён вручную')).toBeInTheDocument()
  expect(world.attempts.get('att-bank-down')?.bank_status).toBe('paid')
})

it('a conflict shows what changed meanwhile, keeps what was typed, and the second press is made on the fresh version', async () => {
  const sent = vi.fn()
  const { user } = await renderApp('/payments/att-conflict')
  server.events.on('request:start', async ({ request }) => {
    if (request.url.endsWith('/status-override'))
      sent(((await request.clone().json()) as OverrideBody).expected_version)
  })
  await user.click(await button('Изменить статус'))
  const box = within(await dialog())
  await user.click(await box.findByRole('radio', { name: 'Оплачен' }))
  await user.type(box.getByLabelText(/Причина/), 'Платёж есть в кабинете банка')
  await waitFor(() => expect(box.getByRole('button', { name: 'Изменить статус' })).toBeEnabled())
  await user.click(box.getByRole('button', { name: 'Изменить статус' }))
  const notice = await box.findByRole('alert')
  expect(notice).toHaveTextContent('Попытка изменилась, пока вы работали с ней')
  expect(notice).toHaveTextContent('Ожидает оплаты')
  expect(notice).toHaveTextContent('Истёк')
  expect(box.getByLabelText(/Причина/)).toHaveValue('Платёж есть в кабинете банка')
  await user.click(box.getByRole('button', { name: 'Изменить поверх нового' }))
  await waitFor(() => expect(world.attempts.get('att-conflict')?.bank_status).toBe('paid'))
  await waitFor(() => expect(sent.mock.calls).toEqual([[3], [4]]))
  server.events.removeAllListeners()
})

it('syncs after one light question', async () => {
  const { user } = await renderApp('/payments/att-accounting-down')
  await user.click(await button('Синхронизировать с CRM'))
  await user.click(within(await dialog()).getByRole('button', { name: 'Синхронизировать' }))
  expect(await screen.findByText('Передача в учётную систему запущена')).toBeInTheDocument()
  expect(world.attempts.get('att-accounting-down')?.crm_status).toBe('synced')
})

it('«Уже проведён вручную» records the document, and the sync button then refuses', async () => {
  const { user } = await renderApp('/payments/att-refused')
  await user.click(await button('Уже проведён вручную'))
  const box = within(await dialog())
  await user.type(box.getByLabelText('Номер документа в учётной системе'), 'РУЧ-7')
  await user.type(box.getByLabelText(/Причина/), 'Внесла бухгалтер')
  await user.click(box.getByRole('button', { name: 'Отметить' }))
  await waitFor(() => expect(world.attempts.get('att-refused')?.crm_document_ref).toBe('РУЧ-7'))
  await waitFor(async () => expect(await button('Синхронизировать с CRM')).toHaveAttribute('aria-disabled', 'true'))
})

it('while something is pending the page looks again by itself', async () => {
  await renderApp('/payments/att-queued')
  expect(await screen.findByRole('heading', { name: /в очереди на передачу/ })).toBeInTheDocument()
  const attempt = world.attempts.get('att-synced')
  server.use(
    http.get('*/api/v1/payment-attempts/att-queued', () => HttpResponse.json({ ...attempt, id: 'att-queued' })),
  )
  expect(
    await screen.findByRole('heading', { name: /проведён в учётной системе/ }, { timeout: 6000 }),
  ).toBeInTheDocument()
})

it('the raw notification is folded and can be copied whole', async () => {
  const { user } = await renderApp('/payments/att-refused')
  const summary = await screen.findByText(/Исходное уведомление/)
  expect(summary.closest('details')).not.toHaveAttribute('open')
  await user.click(summary)
  await user.click(screen.getByRole('button', { name: 'Скопировать уведомление' }))
  expect(await navigator.clipboard.readText()).toMatch(/^GET \?mdOrder=/)
})

it('a wrong link is told from a broken page', async () => {
  await renderApp('/payments/nobody')
  expect(await screen.findByRole('alert')).toHaveTextContent('Не найдено')
})

it('Esc over a dialog closes the dialog and stays on the page; the next Esc goes back to the list', async () => {
  const { router, user } = await renderApp('/payments/att-accounting-down')
  await user.click(await button('Синхронизировать с CRM'))
  await dialog()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
  expect(router.state.location.pathname).toBe('/payments/att-accounting-down')
  await user.keyboard('{Escape}')
  await waitFor(() => expect(router.state.location.pathname).toBe('/payments'))
})

it('a version that moved without anything the operator saw does not ask them again', async () => {
  const { user } = await renderApp('/payments/att-accounting-down')
  await user.click(await button('Уже проведён вручную'))
  const box = within(await dialog())
  await user.type(box.getByLabelText(/Причина/), 'Внесла бухгалтер')
  // One more failed try, as the worker makes it every so often.
  const attempt = world.attempts.get('att-accounting-down')
  if (attempt) world.attempts.set(attempt.id, { ...attempt, version: attempt.version + 1 })
  await user.click(box.getByRole('button', { name: 'Отметить' }))
  await waitFor(() => expect(world.attempts.get('att-accounting-down')?.crm_status).toBe('posted_by_hand'))
})
