import type { PackageSettings } from './read-settings.ts'
import { writeZip } from './write-zip.ts'

/** The manifests and pictures as they lie in the project, with placeholders for host and client id. */
export type PackageSources = {
  readonly outlookManifest: string
  readonly teamsManifest: string
  readonly colorIcon: Uint8Array
  readonly outlineIcon: Uint8Array
}
export type Packages = { readonly outlookManifest: string; readonly teamsZip: Uint8Array }

const PLACEHOLDER_HOST = 'protected-time.example'
const PLACEHOLDER_CLIENT_ID = '00000000-0000-4000-8000-000000000000'

/** Outlook refuses a larger manifest. Source: "Limits for activation and JavaScript API for Outlook add-ins". */
const OUTLOOK_MANIFEST_BYTES_MAX = 256 * 1024

/**
 * Writes host and client id into both manifests and packs the Teams one with its icons.
 * @throws Error when a placeholder is left or the Outlook manifest grew past 256 KB
 */
export function buildPackages(sources: PackageSources, settings: PackageSettings): Packages {
  const outlookManifest = fillIn(sources.outlookManifest, settings)
  if (Buffer.byteLength(outlookManifest) > OUTLOOK_MANIFEST_BYTES_MAX) {
    throw new Error('manifest.xml is larger than the 256 KB that Outlook accepts')
  }
  const teamsZip = writeZip([
    { name: 'manifest.json', bytes: Buffer.from(fillIn(sources.teamsManifest, settings)) },
    { name: 'color.png', bytes: sources.colorIcon },
    { name: 'outline.png', bytes: sources.outlineIcon },
  ])
  return { outlookManifest, teamsZip }
}

function fillIn(text: string, { publicUrl, clientId }: PackageSettings): string {
  // Comments of the XML explain the placeholder to readers of the project; in a package they would only mislead.
  const withoutComments = text.replaceAll(/<!--.*?-->\s*/gs, '')
  return withoutComments
    .replaceAll(PLACEHOLDER_HOST, new URL(publicUrl).host)
    .replaceAll(PLACEHOLDER_CLIENT_ID, clientId)
}
