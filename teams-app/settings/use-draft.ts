import { useState } from 'react'

/** What is set now, and its revision. */
export type Reading<Stored> = { readonly stored: Stored; readonly revision: number }

type Fields = Readonly<Record<string, string>>

/**
 * What somebody types over a setting, with the reading they began from. Until they type, the fields follow what is
 * stored. What others set meanwhile is told, and overwritten only once it was seen.
 */
export function useDraft<Stored, Draft extends Fields>(
  now: Reading<Stored>,
  draftOf: (stored: Stored) => Draft,
): {
  readonly draft: Draft
  /** Of the reading that a save takes the place of. */
  readonly revision: number
  /** What was stored when they began, where it is something else by now. */
  readonly overtaken: Stored | undefined
  readonly change: (draft: Draft) => void
  /** They have seen what is stored now, and go on with what they typed; the fields that they left alone follow it. */
  readonly keep: () => void
  /** The fields follow what is stored again. */
  readonly leave: () => void
} {
  const [typed, setTyped] = useState<{ readonly draft: Draft; readonly base: Reading<Stored> }>()
  const isSame = !typed || JSON.stringify(typed.base.stored) === JSON.stringify(now.stored)
  return {
    draft: typed ? typed.draft : draftOf(now.stored),
    revision: isSame ? now.revision : typed.base.revision,
    overtaken: isSame ? undefined : typed.base.stored,
    change: (draft) => setTyped({ draft, base: typed?.base ?? now }),
    keep: () =>
      setTyped(
        (before) =>
          before && { base: now, draft: merged(before.draft, draftOf(before.base.stored), draftOf(now.stored)) },
      ),
    leave: () => setTyped(undefined),
  }
}

const merged = <Draft extends Fields>(typed: Draft, began: Draft, now: Draft): Draft =>
  // `fromEntries` forgets which fields they are.
  Object.fromEntries(
    Object.keys(now).map((name) => [name, typed[name] === began[name] ? now[name] : typed[name]]),
  ) as Draft
