import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApi } from './api-context.ts'

const todoKey = ['me', 'todo'] as const

export function useTodo() {
  const api = useApi()
  return useQuery({ queryKey: todoKey, queryFn: ({ signal }) => api.getTodo(signal) })
}

/** link: begins it, asking for the permission where it is missing · sync: one round · unlink: ends it. */
export type TodoChange = 'link' | 'sync' | 'unlink'

export function useChangeTodo(relationshipId: string) {
  const api = useApi()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: async (change: TodoChange): Promise<unknown> => {
      if (change === 'link') return api.putTodo()
      return change === 'sync' ? api.syncTodo() : api.deleteTodo()
    },
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: todoKey })
      await cache.invalidateQueries({ queryKey: ['relationship', relationshipId, 'homework'] })
    },
  })
}
