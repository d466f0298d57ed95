import type { OpenExtension } from './event-store.ts'
import { invalidProperty, unreadable } from './read-body.ts'

/**
 * An open extension as a client sends it: a name and any further JSON values, none of them nested deeper than Graph
 * keeps ("Open extension resource type").
 * @throws GraphError 400 without a name or with a reserved member
 */
export function checkExtension(given: unknown): OpenExtension {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw unreadable('extension', 'microsoft.graph.openTypeExtension')
  }
  const entries = Object.entries(given).filter(([name]) => !name.includes('@'))
  const extensionName = entries.find(([name]) => name.toLowerCase() === 'extensionname')?.[1]
  if (typeof extensionName !== 'string' || extensionName.trim() === '') {
    throw invalidProperty('An open extension needs an extensionName.')
  }
  const values = entries.filter(([name]) => !['extensionname', 'id'].includes(name.toLowerCase()))
  return { ...Object.fromEntries(values), extensionName }
}
