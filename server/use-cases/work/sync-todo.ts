import { DomainError } from '../../../shared/domain/errors.ts'
import { findPatientData } from '../../../shared/domain/patient-data/find-patient-data.ts'
import { type OwnHomework, planTodo, type TodoStep } from '../../../shared/domain/plan-todo.ts'
import { roleIn } from '../../../shared/domain/relationship.ts'
import type { Homework } from '../../../shared/domain/work.ts'
import type { Actor } from '../../ports/actor.ts'
import type { Clock } from '../../ports/clock.ts'
import type { TaskLists } from '../../ports/task-list.ts'
import type { RelationshipRepository } from '../../store/relationship-repository.ts'
import type { TodoLink, TodoRepository } from '../../store/todo-repository.ts'
import type { WorkRepository } from '../../store/work-repository.ts'

export type TodoDeps = {
  readonly todo: TodoRepository
  readonly relationships: RelationshipRepository
  readonly homework: WorkRepository<Homework>
  readonly clock: Clock
  readonly publicUrl: () => string
  /** As the person themselves, with the permission they gave. */
  readonly tasks: TaskLists
}

/** Name of the list in the person's own To Do. */
const LIST_NAME = 'Mentoring homework'
const TITLE_MAX = 500

/** Whether a person keeps their homework in their own to-do list too. */
export const loadTodo = (
  { todo }: Pick<TodoDeps, 'todo'>,
  { tenantId, personId }: Actor,
): Promise<TodoLink | undefined> => todo.find(tenantId, personId)

/** Begins to keep the actor's own homework in their own to-do list. @throws CalendarError `consent-required` */
export async function linkTodo(deps: TodoDeps, actor: Actor): Promise<TodoLink> {
  const { tenantId, personId } = actor
  const known = await deps.todo.find(tenantId, personId)
  if (known) return known
  const listId = await deps.tasks.ensureList(personId, LIST_NAME)
  await deps.todo.save({ tenantId, personId, listId })
  return syncTodo(deps, actor)
}

/** Ends it; what is in the list stays there as the person's own. */
export const unlinkTodo = ({ todo }: Pick<TodoDeps, 'todo'>, { tenantId, personId }: Actor): Promise<void> =>
  todo.remove(tenantId, personId)

/**
 * One round in both directions, as the person who is signed in. What an interruption leaves undone is done by the next
 * round: changes are read again until all of them were carried out.
 * @throws DomainError `todo-not-linked`; CalendarError as To Do answers
 */
export async function syncTodo(deps: TodoDeps, actor: Actor): Promise<TodoLink> {
  const { tenantId, personId } = actor
  const stored = await deps.todo.find(tenantId, personId)
  if (!stored) throw new DomainError('todo-not-linked', 'Homework is not kept in To Do.')
  const { link, changes, isFull } = await readChanges(deps, stored)
  const [homework, pairs] = await Promise.all([ownHomework(deps, actor), deps.todo.listPairs(tenantId, personId)])
  // After a full reading, what is not in the list was removed from it.
  const present = new Set(changes.changed.map(({ id }) => id))
  const missing = isFull ? pairs.flatMap(({ taskId }) => (taskId && !present.has(taskId) ? [taskId] : [])) : []
  const steps = planTodo({ homework, pairs, changed: changes.changed, removed: [...changes.removed, ...missing] })
  let isComplete = true
  for (const step of steps) isComplete = (await carryOut(deps, { link, step })) && isComplete
  const synced = { ...link, ...(isComplete ? { token: changes.token } : {}), syncedAt: deps.clock.now().toString() }
  await deps.todo.save(synced)
  return synced
}

async function readChanges({ tasks }: TodoDeps, link: TodoLink) {
  const { personId, listId, token } = link
  const changes = await tasks.readChanges(personId, listId, token)
  if (changes.kind === 'changes') return { link, changes, isFull: token === undefined }
  // The list may have been deleted with its tasks: it is made anew, and what is in it counts.
  const { token: _, ...rest } = link
  const fresh = { ...rest, listId: await tasks.ensureList(personId, LIST_NAME) }
  const again = await tasks.readChanges(personId, fresh.listId, undefined)
  if (again.kind === 'expired') throw new Error('A list that was just made cannot be read.')
  // Who deletes the list does not mean to delete what the two agreed on.
  return { link: fresh, changes: again, isFull: fresh.listId === listId }
}

async function ownHomework({ relationships, homework }: TodoDeps, actor: Actor): Promise<readonly OwnHomework[]> {
  const mine = await relationships.listOf(actor.tenantId, actor.personId)
  const all = await Promise.all(
    mine.map(async (relationship) => {
      const role = roleIn(relationship, actor.personId)
      return role ? (await homework.list(relationship.id)).filter(({ value }) => value.owner === role) : []
    }),
  )
  return all.flat()
}

/** False when somebody changed the homework meanwhile: then the change is read again. */
async function carryOut(
  { todo, tasks, homework: repository, clock, publicUrl }: TodoDeps,
  { link, step }: { readonly link: TodoLink; readonly step: TodoStep },
): Promise<boolean> {
  const { tenantId, personId, listId } = link
  const note = ({ value, rev }: OwnHomework, taskId?: string) =>
    todo.savePair(tenantId, personId, {
      homeworkId: value.id,
      relationshipId: value.relationshipId,
      ...(taskId === undefined ? {} : { taskId }),
      rev,
    })
  switch (step.kind) {
    case 'create-task': {
      const { value } = step.homework
      // Noted first: after a lost answer the task is looked for before another one is made.
      const isRepeat = (await todo.listPairs(tenantId, personId)).some(
        ({ homeworkId, taskId }) => homeworkId === value.id && taskId === undefined,
      )
      await note(step.homework)
      const found = isRepeat ? await tasks.findTaskByKey(personId, listId, value.id) : undefined
      const task =
        found ?? (await tasks.createTask(personId, listId, { ...draftOf(value), key: value.id, link: publicUrl() }))
      await note(step.homework, task.id)
      return true
    }
    case 'update-task': {
      const updated = await tasks.updateTask(personId, listId, step.taskId, draftOf(step.homework.value))
      if (updated) await note(step.homework, step.taskId)
      return updated !== undefined
    }
    case 'update-homework': {
      const { value, rev } = step.homework
      const { title, done, dueDate } = step.task
      const { dueDate: _, ...rest } = value
      const changed: Homework = {
        ...rest,
        title: titleFrom(title, value),
        done,
        ...(dueDate === undefined ? {} : { dueDate }),
        updatedAt: clock.now().toString(),
      }
      if (!(await repository.replace(changed, rev))) return false
      await note({ value: changed, rev: rev + 1 }, step.task.id)
      return true
    }
    case 'delete-homework': {
      const { value, rev } = step.homework
      if (!(await repository.remove(value.relationshipId, value.id, rev))) return false
      await todo.removePair(tenantId, personId, value.id)
      return true
    }
    case 'delete-task':
      if (step.pair.taskId !== undefined) await tasks.deleteTask(personId, listId, step.pair.taskId)
      await todo.removePair(tenantId, personId, step.pair.homeworkId)
      return true
    case 'note':
      await note(step.homework, step.taskId)
      return true
    case 'forget':
      await todo.removePair(tenantId, personId, step.pair.homeworkId)
      return true
  }
}

const draftOf = ({ title, done, dueDate }: Homework) => ({ title, done, dueDate })

/** What was written in To Do was not looked at before: empty, overlong or suspicious text is not taken over. */
const titleFrom = (title: string, { title: own }: Homework): string =>
  title.trim() === '' || title.length > TITLE_MAX || findPatientData(title).length > 0 ? own : title.trim()
