import { screen, waitFor, within } from '@testing-library/react'
import { HttpResponse, http } from 'msw'
import { expect, it } from 'vitest'
import { problem } from '#mock/problem'
import { renderApp } from './render-app'
import { server } from './server'

const rows = () => screen.getAllByRole('row').slice(1)
const address = (router: { state: { location: { href: string } } }) => decodeURIComponent(router.state.location.href)

it('finds by surname, keeps it in the address, and forgets it by its chip', async () => {
  const { router, user } = await renderApp('/payments')
  await user.type(await screen.findByRole('searchbox'), 'Смирнов{Enter}')
  await waitFor(() => expect(rows()).toHaveLength(1))
  expect(address(router)).toBe('/payments?q=Смирнов')
  await user.click(screen.getByRole('button', { name: 'Убрать фильтр: Поиск: Смирнов' }))
  await waitFor(() => expect(rows()).toHaveLength(50))
  expect(address(router)).toBe('/payments')
})

it('finds by a phone typed any way, and says that it took the digits for a phone', async () => {
  const { user } = await renderApp('/payments')
  await user.type(await screen.findByRole('searchbox'), '8 (903) 111-22-33')
  await user.click(screen.getByRole('button', { name: 'Найти' }))
  expect(await screen.findByRole('button', { name: /Убрать фильтр: Телефон/ })).toBeInTheDocument()
  await waitFor(() => expect(rows()).toHaveLength(1))
})

it('a filter applies at once, and «Сбросить» takes all away', async () => {
  const { router, user } = await renderApp('/payments?q=а')
  await user.click(await screen.findByRole('checkbox', { name: 'Отклонён' }))
  await waitFor(() => expect(address(router)).toBe('/payments?q=а&status=declined'))
  await user.click(screen.getByRole('button', { name: 'Сбросить' }))
  await waitFor(() => expect(address(router)).toBe('/payments'))
})

it('pages forward and back by cursors', async () => {
  const { router, user } = await renderApp('/payments')
  await waitFor(() => expect(rows()).toHaveLength(50))
  await user.click(screen.getByRole('button', { name: 'Следующая страница' }))
  expect(await screen.findByText('Страница 2')).toBeInTheDocument()
  expect(address(router)).toBe('/payments?after=c50')
  await user.click(screen.getByRole('button', { name: 'Предыдущая страница' }))
  await waitFor(() => expect(address(router)).toBe('/payments'))
})

it('an empty list says which filter to loosen', async () => {
  await renderApp('/payments?q=никого&status=paid')
  const empty = (await screen.findByText('Ничего не найдено')).parentElement as HTMLElement
  expect(within(empty).getByRole('button', { name: 'Поиск: никого' })).toBeInTheDocument()
  expect(within(empty).getByRole('button', { name: 'Оплачен' })).toBeInTheDocument()
})

it('a failure is worded, carries the request id, and can be tried again', async () => {
  server.use(http.get('*/api/v1/payment-attempts', () => problem(503, 'database_unavailable'), { once: true }))
  const { user } = await renderApp('/payments')
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('База данных временно недоступна')
  expect(alert).toHaveTextContent(/req-\d+/)
  await user.click(within(alert).getByRole('button', { name: 'Повторить' }))
  await waitFor(() => expect(rows()).toHaveLength(50))
})

it('counts a page that stops at ten thousand with a plus', async () => {
  server.use(
    http.get('*/api/v1/payment-attempts', () =>
      HttpResponse.json({ items: [], next_cursor: null, total: { value: 10000, relation: 'gte' } }),
    ),
  )
  await renderApp('/payments')
  expect(await screen.findByText(/^10.000\+ платежей$/)).toBeInTheDocument()
})

it('j and k move between rows in the Russian layout, but never while typing', async () => {
  const { user } = await renderApp('/payments')
  await waitFor(() => expect(rows()).toHaveLength(50))
  const [first, second] = screen.getAllByRole('link', { name: /.+ .+/ }).filter((link) => 'rowLink' in link.dataset)
  const press = (key: string, code: string) =>
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }))
  press('о', 'KeyJ')
  press('о', 'KeyJ')
  expect(second).toHaveFocus()
  press('л', 'KeyK')
  expect(first).toHaveFocus()
  press('.', 'Slash')
  const box = screen.getByRole('searchbox')
  expect(box).toHaveFocus()
  press('о', 'KeyJ')
  expect(box).toHaveFocus()
  await user.keyboard('{Escape}')
})

it('the way in: a stranger is asked to sign in and brought back to where he was going', async () => {
  const { router, user } = await renderApp('/payments?lost=true', { signedIn: false })
  await user.type(await screen.findByLabelText('Почта'), 'operator@example.com')
  await user.type(screen.getByLabelText('Пароль'), 'wrong{Enter}')
  expect(await screen.findByRole('alert')).toHaveTextContent('Неверная почта или пароль.')
  await user.clear(screen.getByLabelText('Пароль'))
  await user.type(screen.getByLabelText('Пароль'), 'correct horse{Enter}')
  await waitFor(() => expect(router.state.location.href).toBe('/payments?lost=true'))
})
