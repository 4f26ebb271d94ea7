import { screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { world } from '#mock/world'
import { renderApp } from './render-app'

const address = (router: { state: { location: { href: string } } }) => decodeURIComponent(router.state.location.href)
const csv = (name: string) => new File(['Дата;Сумма\n23.11.2026;4500,00\n'], name, { type: 'text/csv' })

it('an open incident is seen from every page, and on its account in one sentence', async () => {
  await renderApp('/bank-accounts')
  const card = await screen.findByRole('region', { name: 'PayOnline · main' })
  expect(
    await within(card).findByText(/^Уведомления не приходят с .*, 37 оплат, 35 восстановлено опросом, 2 ждут$/),
  ).toBeInTheDocument()
  expect(screen.getByRole('link', { name: /^Инциденты 1 .*открыт/ })).toBeInTheDocument()
})

it('the callback check gives the address to paste and says how far a trial notification got', async () => {
  const { user } = await renderApp('/bank-accounts/payonline/main')
  expect(await screen.findByText('https://sverka.example/callbacks/payonline/main')).toBeInTheDocument()
  expect(screen.getByText(/Личный кабинет PayOnline/)).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Отправить пробное уведомление' }))
  expect(await screen.findByText(/до Сверки уведомление не дошло/)).toBeInTheDocument()
  expect(screen.getByText('HTTP 404, server: nginx/1.24.0')).toBeInTheDocument()
})

it('a bank that keeps what it could not deliver can be asked to send again, and only such a bank', async () => {
  const { user } = await renderApp('/bank-accounts/tbank/main')
  await user.click(await screen.findByRole('button', { name: 'Попросить банк прислать ещё раз' }))
  expect(await screen.findByText('Банк принял просьбу')).toBeInTheDocument()
})

it('an incident says why it is one, and asks the bank about all its payments', async () => {
  const { user } = await renderApp('/incidents')
  await user.click(await screen.findByRole('link', { name: /Уведомления не приходят/ }))
  expect(await screen.findByText(/Обычно за это время приходит уведомлений: 36, пришло: 0/)).toBeInTheDocument()
  const ask = await screen.findByRole('button', { name: 'Запросить банк по всем' })
  expect(screen.queryByRole('button', { name: 'Попросить банк прислать ещё раз' })).not.toBeInTheDocument()
  await user.click(ask)
  expect(await screen.findByText('Спрашиваем банк о 2 платежах')).toBeInTheDocument()
  expect(world.incidents.get('inc-silent')?.counts.waiting).toBe(0)
  await user.click(screen.getByRole('radio', { name: 'EN' }))
  expect(screen.getByText(/no payment notifications have come/)).toBeInTheDocument()
})

it('a registry of a known layout is loaded in one step, and the second time leads to the first', async () => {
  const { router, user } = await renderApp('/registries/new?bank=tbank&account=main')
  await user.upload(await screen.findByLabelText('Файл реестра'), csv('operations.csv'))
  expect(await screen.findByText('Это реестр Т-Банка')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Загрузить реестр' }))
  await waitFor(() => expect(address(router)).toBe('/registries/reg-new-3'))
  expect(await screen.findByText('Требуют внимания 4 строки.')).toBeInTheDocument()

  await router.navigate({ to: '/registries/new', search: { bank: 'tbank', account: 'main' } })
  await user.upload(await screen.findByLabelText('Файл реестра'), csv('operations.csv'))
  await user.click(await screen.findByRole('button', { name: 'Загрузить реестр' }))
  expect(await screen.findByText(/Этот файл уже загружали/)).toBeInTheDocument()
  expect(address(router)).toBe('/registries/reg-new-3')
})

it('an unknown layout asks what is in which column, keeps the answer under a name and loads by it', async () => {
  const { router, user } = await renderApp('/registries/new?bank=sber&account=main')
  await user.upload(await screen.findByLabelText('Файл реестра'), csv('reestr.csv'))
  expect(await screen.findByText('Раскладка незнакома: укажите, что в каких столбцах')).toBeInTheDocument()
  await user.selectOptions(screen.getByLabelText('Комиссия'), 'Комиссия банка')
  await user.click(screen.getByRole('button', { name: 'Запомнить и загрузить' }))
  expect(await screen.findByText('Назовите раскладку')).toBeInTheDocument()
  await user.type(screen.getByLabelText(/Запомнить раскладку как/), 'Сбер, выписка')
  await user.click(screen.getByRole('button', { name: 'Запомнить и загрузить' }))
  await waitFor(() => expect(address(router)).toMatch(/^\/registries\/reg-new-/))
  expect(world.mappings.get('Сбер, выписка')?.columns).toMatchObject({ amount: 'Сумма', fee: 'Комиссия банка' })
})

it('a file that cannot be read says where and why', async () => {
  const { user } = await renderApp('/registries/new?bank=tbank&account=main')
  await user.upload(await screen.findByLabelText('Файл реестра'), csv('x.bad.csv'))
  await user.click(await screen.findByRole('button', { name: 'Загрузить реестр' }))
  const alert = await screen.findByRole('alert')
  expect(alert).toHaveTextContent('Файл не удалось прочитать как реестр')
  expect(alert).toHaveTextContent('Строка 14')
})

it('lines are chosen by their result in the address, worded, and mended from the row', async () => {
  const { router, user } = await renderApp('/registries/reg-faults')
  await user.click(await screen.findByRole('checkbox', { name: 'Различается 2' }))
  await waitFor(() => expect(address(router)).toBe('/registries/reg-faults?result=differs'))
  const row = (await screen.findByText('Сумма другая')).closest('tr') as HTMLElement
  expect(row.textContent?.replaceAll('\u00a0', ' ')).toContain('у нас 4 500,00 ₽, в реестре 4 000,00 ₽')
  await user.click(within(row).getByRole('button', { name: 'Спросить банк' }))
  expect(await screen.findByText('Строка сверена заново: Сошлось')).toBeInTheDocument()
  expect(await screen.findByRole('checkbox', { name: 'Различается 1' })).toBeInTheDocument()
})

it('money without an attempt becomes an attempt with the registry as its evidence', async () => {
  const { user } = await renderApp('/registries/reg-faults?result=no_attempt')
  await user.click(await screen.findByRole('button', { name: 'Записать попытку' }))
  const box = within(await screen.findByRole('dialog'))
  await user.selectOptions(box.getByLabelText('Тип оплаты'), 'deposit')
  await user.click(box.getByRole('button', { name: 'Записать попытку' }))
  expect(await screen.findByText('Строка сверена заново: Восстановлено')).toBeInTheDocument()
})

it('notifications are filtered in the address, and one is processed again', async () => {
  const { router, user } = await renderApp('/notifications')
  await user.click(await screen.findByRole('checkbox', { name: 'попытка не найдена' }))
  await waitFor(() => expect(address(router)).toBe('/notifications?verdict=orphan'))
  await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(2))
  await user.click(within(screen.getAllByRole('row')[1] as HTMLElement).getByRole('link'))
  expect(await screen.findByRole('heading', { name: 'Подлинное: сообщает, что стало с платежом' })).toBeInTheDocument()
  expect(screen.getByText('PaymentId')).toBeInTheDocument()
  await user.click(screen.getByRole('button', { name: 'Обработать ещё раз' }))
  expect(await screen.findByText('Обработано, платёж изменился')).toBeInTheDocument()
})
