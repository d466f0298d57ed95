import type { ODataOptions } from '../odata.ts'
import type { Entity } from '../odata-filter.ts'
import type { EventContent, OpenExtension } from './event-store.ts'

const PREFIX = 'Microsoft.OutlookServices.OpenTypeExtension.'

/** An open extension as Graph answers it: the id carries a prefix, look-ups take the bare name too. */
export function viewExtension(extension: OpenExtension): Entity {
  return {
    '@odata.type': '#microsoft.graph.openTypeExtension',
    id: `${PREFIX}${extension.extensionName}`,
    ...extension,
  }
}

/** The bare name behind either spelling of an extension's id. */
export function extensionNameOf(id: string): string {
  return id.replace(/^(Microsoft\.OutlookServices|microsoft\.graph)\.openTypeExtension\./i, '')
}

export function findExtensions(content: EventContent, { filter }: Pick<ODataOptions, 'filter'>): Entity[] {
  const views = content.extensions.map(viewExtension)
  return filter ? views.filter((view) => filter.test(view)) : views
}
