import type { ReasonView } from '../../shared/api/proposals.ts'
import type { MentoringRole } from '../../shared/domain/relationship.ts'
import { describeReason, describeReasonDiscreetly, discreetCode } from '../../shared/scheduling/describe-reason.ts'
import type { Reason } from '../../shared/scheduling/types.ts'

/** Whose names stand in reasons, and whose own affairs the viewer may see. */
export type ReasonViewer = {
  readonly people: Readonly<Record<MentoringRole, { readonly id: string; readonly displayName: string }>>
  /** Of a committee: those beside its chair. */
  readonly members: readonly { readonly id: string; readonly displayName: string }[]
  readonly ownRoles: readonly MentoringRole[]
}

/** A participant sees their own reasons as they are; an assistant those of the person whose calendar they manage. */
export const isOwn = ({ ownRoles }: Pick<ReasonViewer, 'ownRoles'>, role: MentoringRole): boolean =>
  ownRoles.includes(role)

export function viewReasons(reasons: readonly Reason[], viewer: ReasonViewer): ReasonView[] {
  const roleOf = (personId: string | undefined) =>
    (['mentee', 'mentor'] as const).find((role) => viewer.people[role].id === personId)
  const nameOf = (personId: string) => {
    const role = roleOf(personId)
    const person = role ? viewer.people[role] : viewer.members.find(({ id }) => id === personId)
    return person?.displayName ?? 'Somebody'
  }
  const merged = new Map<string, ReasonView>()
  for (const reason of reasons) {
    const role = roleOf(reason.personId)
    const isOpen = reason.personId === undefined || (role !== undefined && isOwn(viewer, role))
    const view: ReasonView = {
      code: isOpen ? reason.code : discreetCode(reason),
      text: isOpen ? describeReason(reason, nameOf) : describeReasonDiscreetly(reason, nameOf),
      ...(role ? { person: role } : {}),
      ...(reason.slots === undefined ? {} : { starts: reason.slots }),
      ...(reason.cost === undefined ? {} : { cost: reason.cost }),
    }
    // Several rules of another person are one "not available".
    const key = `${view.code}|${reason.personId ?? ''}|${isOpen ? view.text : ''}`
    const same = merged.get(key)
    merged.set(key, same ? { ...same, ...mostStarts(same, view) } : view)
  }
  return [...merged.values()]
}

/** A start may be refused by several rules, so that a sum would count it twice. */
const mostStarts = (a: ReasonView, b: ReasonView) =>
  a.starts === undefined && b.starts === undefined ? {} : { starts: Math.max(a.starts ?? 0, b.starts ?? 0) }
