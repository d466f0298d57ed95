import { expect, test } from 'vitest'
import { draft, openPractice, type Practice, person } from './practice.ts'

const ada = person('Ada')
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']

/** 960 single events and 40 weekly series over a year. */
async function fill(practice: Practice, who: typeof ada): Promise<void> {
  const send = practice.as(who)
  for (let number = 0; number < 960; number++) {
    const day = new Date(Date.UTC(2026, 0, 1 + (number % 365))).toISOString().slice(0, 10)
    const hour = String(8 + (number % 9)).padStart(2, '0')
    await send('POST /me/events', {
      body: draft(`${day}T${hour}:00`, `${day}T${hour}:30`, {
        body: { contentType: 'html', content: `<p>Event ${number}</p>` },
      }),
    })
  }
  for (let number = 0; number < 40; number++) {
    const startDate = `2026-01-${String(1 + (number % 28)).padStart(2, '0')}`
    const recurrence = {
      pattern: { type: 'weekly', interval: 1, daysOfWeek: [DAYS[number % 5]] },
      range: { type: 'noEnd', startDate },
    }
    await send('POST /me/events', { body: draft(`${startDate}T12:00`, `${startDate}T12:30`, { recurrence }) })
  }
}

test('a year of a mailbox with 960 events and 40 weekly series comes a thousand to a page', async () => {
  const practice = openPractice([ada])
  await fill(practice, ada)
  const { body } = await practice.as(ada)(
    'GET /me/calendarView?startDateTime=2026-01-01&endDateTime=2027-01-01&$top=1000',
  )
  expect(body).toMatchObject({ value: { length: 1000 }, '@odata.nextLink': expect.any(String) })
})
