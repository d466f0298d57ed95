import { useQuery } from '@tanstack/react-query'
import type { MentorSkills } from '../api/mentor-skills.ts'
import { useApi } from './api-context.ts'
import { useSaving } from './use-saving.ts'

const skillsKey = (personId: string) => ['mentor-skills', personId] as const

export function useMentorSkills(personId: string) {
  const api = useApi()
  return useQuery({ queryKey: skillsKey(personId), queryFn: ({ signal }) => api.getMentorSkills(personId, signal) })
}

export function useStateSkills(personId: string) {
  const api = useApi()
  return useSaving(skillsKey(personId), (body: MentorSkills) => api.putMentorSkills(personId, body))
}
