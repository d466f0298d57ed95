import type { ProgrammeFiguresView } from '../../shared/api/programmes.ts'
import { csvText } from '../../shared/ui/csv-text.ts'

type Count = ProgrammeFiguresView['pairs']
export type FigureGroup = {
  readonly title: string
  readonly rows: readonly { readonly name: string; readonly count: Count }[]
}

/** The figures in the order in which they are asked for. */
export function figureGroups({
  pairs,
  phases,
  nextMeeting,
  agreement,
  meetings,
  mentors,
  capacity,
}: ProgrammeFiguresView): readonly FigureGroup[] {
  const row = (name: string, count: Count) => ({ name, count })
  return [
    {
      title: 'Pairs',
      rows: [
        row('All pairs', pairs),
        row('With a next meeting', nextMeeting.booked),
        row('Without a next meeting', nextMeeting.none),
      ],
    },
    {
      title: 'Where they stand',
      rows: [
        row('Starting', phases.starting),
        row('Meeting', phases.meeting),
        row('Quiet for a while', phases.quiet),
        row('Paused', phases.paused),
        row('Parting or parted', phases.parting),
      ],
    },
    {
      title: 'Meetings',
      rows: [row('Planned', meetings.planned), row('Booked', meetings.booked), row('Held', meetings.held)],
    },
    {
      title: 'Agreements',
      rows: [row('Signed by both', agreement.signed), row('Not signed yet', agreement.open)],
    },
    { title: 'Mentors', rows: [row('Mentors', mentors), row('Mentees they can take', capacity)] },
  ]
}

export const countText = (count: Count): string => (count === 'few' ? 'too few to show' : count.toLocaleString('en-US'))

export function writeFiguresCsv(figures: ProgrammeFiguresView): string {
  const { programme, asOf } = figures
  const lines = figureGroups(figures).flatMap(({ title, rows }) =>
    rows.map(({ name, count }) => [programme.name, title, name, count === 'few' ? '' : String(count), asOf]),
  )
  return csvText([['Programme', 'Question', 'Figure', 'Count (empty where too few)', 'As of (UTC)'], ...lines])
}
