import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { AgreementBody, AgreementView, SignatureBody } from '../api/agreement.ts'
import { useApi } from './api-context.ts'
import { queryKeys } from './queries.ts'

const agreementKey = (relationshipId: string) => ['relationship', relationshipId, 'agreement'] as const

export function useAgreement(relationshipId: string) {
  const api = useApi()
  return useQuery({
    queryKey: agreementKey(relationshipId),
    queryFn: ({ signal }) => api.getAgreement(relationshipId, signal),
  })
}

/** What is sent names the version that was seen, as the cache has it by then. */
export function useChangeAgreement(relationshipId: string) {
  const api = useApi()
  const cache = useQueryClient()
  const key = agreementKey(relationshipId)
  return useMutation({
    mutationFn: (sections: AgreementBody['sections']) => {
      const { current } = cache.getQueryData<AgreementView>(key) ?? {}
      const seen = current ? { version: current.version, revision: current.revision } : {}
      return api.putAgreement(relationshipId, { sections, ...seen })
    },
    onSuccess: (agreement) => cache.setQueryData(key, agreement),
    onError: () => cache.invalidateQueries({ queryKey: key }),
  })
}

export function useSignAgreement(relationshipId: string) {
  const api = useApi()
  const cache = useQueryClient()
  const key = agreementKey(relationshipId)
  return useMutation({
    mutationFn: (seen: SignatureBody) => api.putSignature(relationshipId, seen),
    onSuccess: (agreement) => {
      cache.setQueryData(key, agreement)
      void cache.invalidateQueries({ queryKey: [...queryKeys.relationship(relationshipId), 'standing'] })
    },
    onError: () => cache.invalidateQueries({ queryKey: key }),
  })
}
