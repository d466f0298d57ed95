import { itemNotFound } from '../calendar/calendar-store.ts'
import type { OpenExtension } from '../calendar/event-store.ts'
import { checkExtension } from '../calendar/open-extension-body.ts'
import { invalidProperty } from '../calendar/read-body.ts'
import { GraphError, type GraphReply, type GraphRoute, type RouteContext } from '../dispatch.ts'
import type { Entity } from '../odata-filter.ts'

const ID_PREFIX = 'microsoft.graph.openTypeExtension.'

/** An open extension as Graph answers it: the id repeats the name behind a prefix. */
export function viewExtension(extension: OpenExtension): Entity {
  return {
    '@odata.type': '#microsoft.graph.openTypeExtension',
    ...extension,
    id: `${ID_PREFIX}${extension.extensionName}`,
  }
}

/** The extension that an id, with either documented prefix or none, names. */
function isNamed({ extensionName }: OpenExtension, id: string): boolean {
  const plain = id.replace(/^(microsoft\.graph|Microsoft\.OutlookServices)\.openTypeExtension\./i, '')
  return extensionName.toLowerCase() === plain.toLowerCase()
}

/** Adds extensions of a create body. @throws GraphError 400 for one without a name or named twice */
export function readExtensions(given: unknown): OpenExtension[] {
  const extensions = (Array.isArray(given) ? given : []).map(checkExtension)
  const names = new Set(extensions.map(({ extensionName }) => extensionName.toLowerCase()))
  if (names.size !== extensions.length) throw invalidProperty('Two extensions have the same name.')
  return extensions
}

export type ExtensionHolder = {
  readonly extensions: readonly OpenExtension[]
  /** What follows `$metadata#`, e.g. `users('…')/messages('…')`. */
  readonly context: string
  save(extensions: readonly OpenExtension[]): void
}

/** The five calls on `…/extensions` of one kind of item. Docs: "Create open extension", "Get open extension" and neighbours. */
export function extensionRoutes(
  template: string,
  holderOf: (context: RouteContext) => ExtensionHolder,
): readonly GraphRoute[] {
  const one = `${template}/extensions/{extensionId}`
  return [
    { method: 'GET', template: `${template}/extensions`, handler: (context) => list(context, holderOf(context)) },
    { method: 'POST', template: `${template}/extensions`, handler: (context) => create(context, holderOf(context)) },
    { method: 'GET', template: one, handler: (context) => read(context, holderOf(context)) },
    { method: 'PATCH', template: one, handler: (context) => update(context, holderOf(context)) },
    { method: 'DELETE', template: one, handler: (context) => remove(context, holderOf(context)) },
  ]
}

function list({ graph }: RouteContext, { extensions, context }: ExtensionHolder): GraphReply {
  return {
    status: 200,
    body: {
      '@odata.context': `${graph.baseUrl()}/$metadata#${context}/extensions`,
      value: extensions.map(viewExtension),
    },
  }
}

function create(context: RouteContext, holder: ExtensionHolder): GraphReply {
  const extension = checkExtension(context.request.body)
  if (holder.extensions.some((other) => isNamed(other, extension.extensionName))) {
    throw new GraphError(409, 'ErrorItemAlreadyExists', 'An extension with this name exists on the item.')
  }
  holder.save([...holder.extensions, extension])
  return reply(context, holder, extension, 201)
}

function getExtension({ params }: RouteContext, { extensions }: ExtensionHolder): OpenExtension {
  const found = extensions.find((extension) => isNamed(extension, params['extensionId'] ?? ''))
  if (!found) throw itemNotFound()
  return found
}

function read(context: RouteContext, holder: ExtensionHolder): GraphReply {
  return reply(context, holder, getExtension(context, holder))
}

/** Values that the body names change, the others stay; the name cannot. */
function update(context: RouteContext, holder: ExtensionHolder): GraphReply {
  const before = getExtension(context, holder)
  const { body } = context.request
  const given = typeof body === 'object' && body !== null ? body : {}
  const changes = checkExtension({ ...given, extensionName: before.extensionName })
  const after = { ...before, ...changes }
  holder.save(holder.extensions.map((other) => (other === before ? after : other)))
  return reply(context, holder, after)
}

function remove(context: RouteContext, holder: ExtensionHolder): GraphReply {
  const gone = getExtension(context, holder)
  holder.save(holder.extensions.filter((other) => other !== gone))
  return { status: 204 }
}

function reply(
  { graph }: RouteContext,
  { context }: ExtensionHolder,
  extension: OpenExtension,
  status = 200,
): GraphReply {
  const metadata = `${graph.baseUrl()}/$metadata#${context}/extensions/$entity`
  return { status, body: { '@odata.context': metadata, ...viewExtension(extension) } }
}
