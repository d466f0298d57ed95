import type { PracticeDocument, PracticeState } from '../state.ts'

/** What stands between a person and the application, as a rehearsal sets it. */
export type ConsentHurdle = 'consent-required' | 'interaction-required'
type Consent = PracticeDocument & { readonly hurdle: ConsentHurdle }

/** Who has not (yet) consented; everybody else is covered by the administrator's consent. Keyed by object id. */
export function practiceConsent(state: PracticeState) {
  const hurdles = state.collection<Consent>('consent')
  return {
    find: (userId: string): ConsentHurdle | undefined => hurdles.get(userId)?.hurdle,
    set(userId: string, hurdle: ConsentHurdle | undefined) {
      if (hurdle === undefined) hurdles.remove(userId)
      else hurdles.put({ id: userId, hurdle })
    },
  }
}
export type PracticeConsent = ReturnType<typeof practiceConsent>
