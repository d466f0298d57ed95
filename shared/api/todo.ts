import { type Static, Type } from 'typebox'
import { closed, InstantText } from './common.ts'

/** /api/me/todo: whether my own homework is kept in my Microsoft To Do as well. PUT begins it, DELETE ends it. */
export const TodoView = Type.Object({ isLinked: Type.Boolean(), syncedAt: Type.Optional(InstantText) }, closed)
export type TodoView = Static<typeof TodoView>
