import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { password, supervisor } from '#mock/access'
import { world } from '#mock/world'
import { signIn } from '#src/api/session'
import { renderApp } from './render-app'

const address = (router: { state: { location: { href: string } } }) => decodeURIComponent(router.state.location.href)
const button = (name: string | RegExp) => screen.findByRole('button', { name })
const dialog = async () => within(await screen.findByRole('dialog'))
const closed = () => waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument())
const plain = (text: string | null | undefined) => text?.replaceAll(/[\u00a0\u202f]/g, ' ')

async function asSupervisor(path: string) {
  await signIn({ email: supervisor.email, password })
  return renderApp(path, { signedIn: false })
}

it('an accounting system that is down says since when, what waits and its own words, and every page tells of it', async () => {
  await renderApp('/connections')
  const card = await screen.findByRole('region', { name: '1С:Предприятие · 1c' })
  expect(plain(card.textContent)).toMatch(/Недоступна с .*, ждут 37 оплат на 185 000,00 ₽, самая старая с /)
  expect(card).toHaveTextContent('HTTP 503: Регламентные работы')
  expect(screen.getByRole('link', { name: /^Учётные системы 2 .*не работают/ })).toBeInTheDocument()
  expect(await screen.findByRole('link', { name: /^Ждут решения 5 .*платежей/ })).toBeInTheDocument()
})

it('the self-test says what to do about the line that failed', async () => {
  const { user } = await renderApp('/connections/1c')
  await user.click(await button('Проверить'))
  const line = (await screen.findByText('Документ и все его поля на месте')).closest('li') as HTMLElement
  expect(line).toHaveTextContent('нет поля «НомерЗаказаПриложения»')
  expect(line).toHaveTextContent('исправьте соответствие полей в конфигурации')
})

it('an operator sees that only a supervisor pauses', async () => {
  await renderApp('/connections/b24')
  expect(await button('Приостановить…')).toBeDisabled()
  expect(screen.getByText('Приостановить и возобновить передачу может старший оператор.')).toBeInTheDocument()
})

it('a supervisor pauses with a reason, which everybody sees, and resumes', async () => {
  const { user } = await asSupervisor('/connections/b24')
  await user.click(await button('Приостановить…'))
  const box = await dialog()
  await user.click(box.getByRole('button', { name: 'Приостановить' }))
  expect(box.getByText('Напишите, почему передача остановлена')).toBeInTheDocument()
  await user.type(box.getByLabelText(/Причина/), 'Закрываем месяц')
  await user.click(box.getByRole('button', { name: 'Приостановить' }))
  await closed()
  expect(await screen.findByText('Ирина Старшова: Закрываем месяц')).toBeInTheDocument()
  await user.click(await button('Возобновить'))
  expect(await screen.findByRole('heading', { name: /^Работает/ })).toBeInTheDocument()
  expect(world.connections.get('b24')?.paused).toBeNull()
})

it('what waits, is held and was refused is chosen in the address and leads to its payment', async () => {
  const { router, user } = await renderApp('/connections/1c')
  await user.click(await screen.findByRole('radio', { name: /^Отказано/ }))
  await waitFor(() => expect(address(router)).toBe('/connections/1c?state=refused'))
  await user.click(await screen.findByRole('link', { name: 'Соколова Дарья Викторовна' }))
  await waitFor(() => expect(address(router)).toBe('/payments/att-refused'))
})

it('what waits for a person is filtered by reason in the address', async () => {
  const { router, user } = await renderApp('/holds')
  await screen.findByRole('link', { name: 'Гришин Антон Олегович' })
  await user.selectOptions(screen.getByLabelText('Почему'), 'several_clients')
  await waitFor(() => expect(address(router)).toBe('/holds?reason=several_clients'))
  await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(2))
  expect(screen.getByText('2 клиента')).toBeInTheDocument()
})

it('a possible double is linked: the cards are compared, the outcome is told, and a reason is wanted', async () => {
  const { user } = await renderApp('/payments/att-held')
  const theirs = within(await screen.findByRole('article', { name: 'Документ КА00-000418' }))
  expect(theirs.getByText('Администратор ресепшн (Лена)')).toBeInTheDocument()
  expect(theirs.getByText(/тот же клиент, та же сумма/)).toBeInTheDocument()
  await user.click(theirs.getByRole('button', { name: /^Это она — связать/ }))
  const box = await dialog()
  expect(plain(box.getByText(/станет документом заказа/).textContent)).toContain('Новый документ не появится')
  const link = box.getByRole('button', { name: 'Это она — связать' })
  await user.click(link)
  expect(box.getByText('Напишите, почему вы так решили')).toBeInTheDocument()
  expect(world.attempts.get('att-held')?.hold).not.toBeNull()
  await user.type(box.getByLabelText(/Причина/), 'Лена подтвердила')
  await user.click(link)
  await closed()
  expect(world.attempts.get('att-held')).toMatchObject({ crm_status: 'synced', crm_document_ref: 'КА00-000418' })
  expect(await screen.findByText('Принято решение')).toBeInTheDocument()
  expect(screen.getByText('связать с найденным документом')).toBeInTheDocument()
  expect(screen.queryByText('Это одна и та же оплата?')).not.toBeInTheDocument()
})

it('another payment is sent only after it is told that a new document will appear', async () => {
  const { user } = await renderApp('/payments/att-held')
  await user.click(await button('Другая оплата — провести'))
  const box = await dialog()
  expect(box.getByText(/появится новый документ/)).toBeInTheDocument()
  await user.type(box.getByLabelText(/Причина/), 'Клиент купил два абонемента')
  await user.click(box.getByRole('button', { name: 'Другая оплата — провести' }))
  await closed()
  expect(world.attempts.get('att-held')?.crm_status).toBe('queued')
})

it('what differs on a document is said in words, not by colour alone', async () => {
  await renderApp('/payments/att-held-differs')
  const theirs = within(await screen.findByRole('article', { name: 'Документ КА00-000431' }))
  expect(theirs.getByText('Сумма').parentElement).toHaveTextContent('отличается')
  expect(theirs.getByText('Клиент').parentElement).toHaveTextContent('отличается')
  expect(await theirs.findByText(/^раньше на/)).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Другая оплата — провести' })).not.toBeInTheDocument()
})

it('one of several clients is chosen', async () => {
  const { user } = await renderApp('/payments/att-held-clients')
  await user.click(await button('Это клиент: Тихонов Лев (ребёнок), код К-00977'))
  const box = await dialog()
  expect(box.getByText(/Клиент в документе: Тихонов Лев/)).toBeInTheDocument()
  await user.type(box.getByLabelText(/Причина/), 'Мама платила за сына')
  await user.click(box.getByRole('button', { name: 'Провести на этого клиента' }))
  await closed()
  expect(await screen.findByText('К-00977')).toBeInTheDocument()
})

it('a client that nobody found is named by the key that a person types', async () => {
  const { user } = await renderApp('/payments/att-held-nobody')
  await user.click(await button('Провести на этого клиента'))
  expect(screen.getByText('Введите код')).toBeInTheDocument()
  await user.type(screen.getByLabelText(/Код клиента в учётной системе/), 'К-01500{Enter}')
  expect((await dialog()).getByText(/клиент с кодом К-01500/)).toBeInTheDocument()
})

it('postponing wants a time to come', async () => {
  const { user } = await renderApp('/payments/att-held-nobody')
  await user.click(await button('Отложить…'))
  const box = await dialog()
  const until = box.getByLabelText('До какого времени')
  await user.clear(until)
  await user.type(until, '01.01.2020 10:00')
  await user.type(box.getByLabelText(/Причина/), 'Администратор заведёт клиента')
  await user.click(box.getByRole('button', { name: 'Отложить' }))
  expect(box.getByText('Укажите время в будущем')).toBeInTheDocument()
  await user.click(box.getByRole('button', { name: 'до завтра, 9:00' }))
  await user.click(box.getByRole('button', { name: 'Отложить' }))
  await closed()
  expect(world.attempts.get('att-held-nobody')?.hold).toBeNull()
})

it('a probable double is dismissed, and nothing else is offered', async () => {
  const { user } = await renderApp('/payments/att-double')
  await user.click(await button('Не дубль — убрать'))
  expect(screen.queryByRole('button', { name: /связать/ })).not.toBeInTheDocument()
  const box = await dialog()
  await user.type(box.getByLabelText(/Причина/), 'Вторая оплата за другую услугу')
  await user.click(box.getByRole('button', { name: 'Не дубль — убрать' }))
  await closed()
  expect(world.attempts.get('att-double')).toMatchObject({ hold: null, crm_status: 'synced' })
})

it('what the search found is rehearsed first, told by outcome, and only then passed on', async () => {
  const { router, user } = await renderApp('/payments?status=paid')
  await user.click(await button('С найденными'))
  await user.click(await button('Синхронизировать найденные…'))
  const box = await dialog()
  expect(box.getByText('Оплачен')).toBeInTheDocument()
  await user.click(box.getByRole('button', { name: 'Начать репетицию' }))
  await waitFor(() => expect(address(router)).toBe('/bulk-runs/run-1'))
  expect(await screen.findByText(/Это репетиция: ничего не передано/)).toBeInTheDocument()
  expect([...world.runs.values()].map(({ run }) => run.rehearsal)).toEqual([true])

  await user.click(screen.getByRole('link', { name: /похоже на дубль/ }))
  await waitFor(() => expect(address(router)).toBe('/bulk-runs/run-1?outcome=possible_duplicate'))
  expect(await screen.findAllByText('КА00-000418: тот же клиент, та же сумма')).toHaveLength(4)

  await user.click(await button('Передать…'))
  await user.click((await dialog()).getByRole('button', { name: 'Передать' }))
  await waitFor(() => expect(address(router)).toBe('/bulk-runs/run-2'))
  expect(await screen.findByRole('heading', { name: 'Синхронизация с CRM' })).toBeInTheDocument()
  expect(screen.queryByRole('button', { name: 'Передать…' })).not.toBeInTheDocument()
  await user.click(screen.getByRole('link', { name: 'Массовые действия' }))
  expect(await screen.findByRole('link', { name: 'Репетиция синхронизации' })).toBeInTheDocument()
})

it('the banks are asked about all that the search found', async () => {
  const { router, user } = await renderApp('/payments')
  await user.click(await button('С найденными'))
  await user.click(await button('Запросить банк о найденных…'))
  const box = await dialog()
  expect(box.getByText('Фильтров нет: будут взяты все платежи.')).toBeInTheDocument()
  await user.click(box.getByRole('button', { name: 'Запросить' }))
  await waitFor(() => expect(address(router)).toBe('/bulk-runs/run-1'))
  expect(await screen.findByRole('link', { name: /1 статус обновлён/ })).toBeInTheDocument()
})
