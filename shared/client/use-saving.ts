import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'

/**
 * A change for which the person waits: the mutation is over when what `key` names has been read again, so whoever
 * closes a form on success shows what is stored.
 */
export function useSaving<Change, Answer>(key: QueryKey, send: (change: Change) => Promise<Answer>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: send,
    // One after the other, so that a second change carries the revision that the first one made.
    scope: { id: JSON.stringify(key) },
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  })
}
