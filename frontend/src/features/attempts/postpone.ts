const pad = (value: number) => String(value).padStart(2, '0')

/** Local `YYYY-MM-DDTHH:mm`, as a typed moment is kept. */
const local = (date: Date) =>
  `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`

export const inHours = (hours: number, now = new Date()) => local(new Date(now.getTime() + hours * 3_600_000))

/** Nine in the morning, when whoever knows is at work. */
export const tomorrowMorning = (now = new Date()) =>
  local(new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 9, 0))
