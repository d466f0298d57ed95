import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { findIana } from 'windows-iana'
import { listOutbox, listPeople, moveClock, type PracticePerson, readClock } from './practice-api.ts'

const CLOCK_EVERY_MS = 30_000
const MAIL_EVERY_MS = 5_000

export const usePeople = () =>
  useQuery({ queryKey: ['practice', 'people'], queryFn: ({ signal }) => listPeople(signal), staleTime: 60_000 })

/** The practice clock's instant, a little old at most. */
export const useClock = () =>
  useQuery({
    queryKey: ['practice', 'clock'],
    queryFn: ({ signal }) => readClock(signal),
    refetchInterval: CLOCK_EVERY_MS,
  })

/** Moves the clock; everything on the page may look different afterwards. */
export function useMoveClock() {
  const cache = useQueryClient()
  return useMutation({ mutationFn: moveClock, onSuccess: () => cache.invalidateQueries() })
}

/** Mails to somebody, or to anybody; looked up again and again, because booking sends them meanwhile. */
export const useOutbox = (to: string | undefined) =>
  useQuery({
    queryKey: ['practice', 'outbox', to ?? null],
    queryFn: ({ signal }) => listOutbox(to, signal),
    refetchInterval: MAIL_EVERY_MS,
  })

/** The IANA zone of somebody's mailbox, which names it as Windows does. */
export const zoneOf = (person: PracticePerson): string => findIana(person.timeZone)[0] ?? 'UTC'
