import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'

/**
 * A change that shows at once and is taken back when the service refuses it. Changes of one list run one after the
 * other, so a quick second tick carries the revision that the first one made.
 */
export function useOptimistic<Data, Change>(options: {
  key: QueryKey
  send: (change: Change) => Promise<unknown>
  apply: (data: Data, change: Change) => Data
}) {
  const cache = useQueryClient()
  const { key, send, apply } = options
  const scope = { id: JSON.stringify(key) }
  return useMutation({
    mutationFn: send,
    scope,
    onMutate: async (change: Change) => {
      await cache.cancelQueries({ queryKey: key, exact: true })
      const before = cache.getQueryData<Data>(key)
      if (before !== undefined) cache.setQueryData<Data>(key, apply(before, change))
      return before
    },
    onError: (_error, _change, before) => {
      if (before !== undefined) cache.setQueryData(key, before)
    },
    // With another change waiting its turn, an answer read now would show that one undone for a moment.
    onSettled: () => {
      const waiting = cache.isMutating({ predicate: (mutation) => mutation.options.scope?.id === scope.id })
      return waiting > 1 ? undefined : cache.invalidateQueries({ queryKey: key, exact: true })
    },
  })
}
