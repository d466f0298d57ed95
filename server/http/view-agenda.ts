import type { AgendaItem, MeetingView } from '../../shared/api/meetings.ts'
import { isArea, planAgenda } from '../../shared/domain/agenda.ts'
import type { MeetingDetail } from '../use-cases/meeting/load-meeting.ts'

/** Items named from the pair's own work under one heading; the lists themselves are beside the agenda. */
const LINES_MAX = 5

/** The agenda as the pair sees it: built-in items in the order of this meeting, own items before the closing. */
export function viewAgenda(detail: MeetingDetail): Pick<MeetingView, 'agenda' | 'priorities'> {
  const { series, meeting, entries, plan, past, carried } = detail
  const { items, areas } = planAgenda({
    minutes: series.minutes,
    stage: meeting.stage,
    plan: plan?.value,
    past,
  })
  const ticked = new Map(entries.map((entry) => [entry.itemId, entry.done]))
  const builtIn = items.map(
    (item): AgendaItem => ({
      itemId: item.id,
      title: item.title,
      ...(item.ask === undefined ? {} : { ask: item.ask }),
      sub: [...(item.sub ?? [])],
      ...(item.minutes === undefined ? {} : { minutes: item.minutes }),
      done: ticked.get(item.id) ?? false,
      isArea: isArea(item),
      ...(item.rank === undefined ? {} : { rank: item.rank }),
      reasons: [...item.reasons],
      lines: linesFor(item.id, detail),
      isCarried: false,
      own: false,
    }),
  )
  const own = [...entries, ...carried].flatMap(({ itemId, title, done, meetingId }): AgendaItem[] => {
    if (title === undefined) return []
    const isCarried = meetingId !== meeting.id
    return [{ itemId, title, sub: [], done, isArea: false, reasons: [], lines: [], isCarried, own: true }]
  })
  const closing = items.findIndex(({ part }) => part === 'closing')
  return {
    agenda: [...builtIn.slice(0, closing), ...own, ...builtIn.slice(closing)],
    priorities: {
      areas: [...areas],
      needs: [...(plan?.value.needs ?? [])],
      isRanked: plan !== undefined,
      ...(plan ? { revision: plan.rev } : {}),
    },
  }
}

function linesFor(itemId: string, { openHomework, staleGoals }: MeetingDetail): string[] {
  const titles = itemId === 'pending' ? openHomework : itemId === 'advise' ? staleGoals : []
  return titles.slice(0, LINES_MAX).map(({ title }) => title)
}
