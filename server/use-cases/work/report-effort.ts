import type { EffortView, Report } from '../../../shared/api/record.ts'

/** Time given as a mentor, as a promotion dossier wants it: sums first, then every line. */
export function reportEffort({ from, to, rows }: EffortView, mentor: string): Report {
  const mentees = [...new Set(rows.map(({ mentee }) => mentee))].toSorted((a, b) => a.localeCompare(b))
  return {
    title: 'Mentoring effort',
    subtitle: `${mentor}, ${from} to ${to}`,
    sections: [
      {
        title: `${hoursOf(rows)} hours in all`,
        entries: mentees.map((mentee) => {
          const theirs = rows.filter((row) => row.mentee === mentee)
          const meetings = theirs.filter(({ activity }) => activity === 'meeting')
          return {
            title: mentee,
            facts: [
              { label: 'Hours', text: hoursOf(theirs) },
              { label: 'Meetings held', text: `${meetings.length} (${hoursOf(meetings)} hours)` },
            ],
          }
        }),
      },
      {
        title: 'Every entry',
        entries: rows.map(({ date, mentee, activity, minutes, note }) => ({
          title: `${date} ${mentee}`,
          facts: [
            { label: activity, text: `${minutes} minutes` },
            ...(note === undefined ? [] : [{ label: 'Note', text: note }]),
          ],
        })),
      },
    ],
  }
}

const hoursOf = (rows: EffortView['rows']): string =>
  (rows.reduce((sum, { minutes }) => sum + minutes, 0) / 60).toFixed(1)
