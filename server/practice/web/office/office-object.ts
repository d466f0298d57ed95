import type { PracticeHost } from './connect-to-host.ts'
import type { PaneTheme } from './host-messages.ts'
import { createItem } from './mailbox-item.ts'
import { CoercionType, toEwsId, toRestId } from './mailbox-values.ts'

const EventType = { OfficeThemeChanged: 'officeThemeChanged', ItemChanged: 'olkItemSelectedChanged' } as const
const HostType = { Outlook: 'Outlook' } as const
const PlatformType = { OfficeOnline: 'OfficeOnline' } as const
const AsyncResultStatus = { Succeeded: 'succeeded', Failed: 'failed' } as const
const MailboxEnums = {
  ItemType: { Appointment: 'appointment', Message: 'message' },
  RestVersion: { v1_0: 'v1.0', v2_0: 'v2.0', Beta: 'beta' },
} as const

/** Highest version of each requirement set that this stand-in keeps to. */
const REQUIREMENTS: Readonly<Record<string, string>> = { Mailbox: '1.14', NestedAppAuth: '1.1' }
const VERSION = '16.01.0.0'

/** Colours of Outlook's two looks, as `Office.context.officeTheme` gives them. */
const THEMES = {
  light: {
    bodyBackgroundColor: '#ffffff',
    bodyForegroundColor: '#242424',
    controlBackgroundColor: '#f5f5f5',
    controlForegroundColor: '#242424',
  },
  dark: {
    bodyBackgroundColor: '#292929',
    bodyForegroundColor: '#ffffff',
    controlBackgroundColor: '#3d3d3d',
    controlForegroundColor: '#ffffff',
  },
} as const satisfies Record<PaneTheme, unknown>

type Info = { readonly host: 'Outlook' | null; readonly platform: 'OfficeOnline' | null }
type Handler = (event: object) => void
type Done = (result: object) => void

/**
 * Makes the `Office` object. As with the real one, `Office.context` is filled only when `onReady` has resolved, and
 * stays empty with `host: null` when no Outlook is around the page.
 * Office docs: "Office.Context", "Office.Mailbox"; decimal requirement sets compare by parts (1.10 is above 1.9).
 */
export function createOffice(host: PracticeHost) {
  const context: Record<string, unknown> = {}
  const handlers = new Map<string, Handler[]>()
  const ready: Promise<Info> = host.facts.then((facts) => {
    if (!facts) return { host: null, platform: null }
    Object.assign(context, {
      displayLanguage: 'en-US',
      contentLanguage: 'en-US',
      host: HostType.Outlook,
      platform: PlatformType.OfficeOnline,
      diagnostics: { host: HostType.Outlook, platform: PlatformType.OfficeOnline, version: VERSION },
      requirements: { isSetSupported },
      officeTheme: THEMES[facts.theme],
      mailbox: {
        item: createItem(facts.item),
        userProfile: {
          accountType: 'office365',
          displayName: facts.user.displayName,
          emailAddress: facts.user.userPrincipalName,
          timeZone: facts.user.timeZone,
        },
        diagnostics: { hostName: 'OutlookWebApp', hostVersion: VERSION, OWAView: 'ThreeColumns' },
        convertToRestId: toRestId,
        convertToEwsId: toEwsId,
        addHandlerAsync: (type: string, handler: Handler, ...rest: readonly unknown[]) => {
          handlers.set(type, [...(handlers.get(type) ?? []), handler])
          succeed(rest)
        },
        removeHandlerAsync: (type: string, ...rest: readonly unknown[]) => {
          handlers.delete(type)
          succeed(rest)
        },
      },
    })
    return { host: HostType.Outlook, platform: PlatformType.OfficeOnline }
  })

  host.onTheme((theme) => {
    const officeTheme = THEMES[theme]
    context['officeTheme'] = officeTheme
    for (const handler of handlers.get(EventType.OfficeThemeChanged) ?? []) {
      handler({ type: EventType.OfficeThemeChanged, officeTheme })
    }
  })

  return {
    context,
    onReady: async (callback?: (info: Info) => void): Promise<Info> => {
      const info = await ready
      callback?.(info)
      return info
    },
    EventType,
    HostType,
    PlatformType,
    AsyncResultStatus,
    MailboxEnums,
    CoercionType,
  }
}

function isSetSupported(name: string, version = '1.0'): boolean {
  const highest = REQUIREMENTS[name]
  if (highest === undefined) return false
  const [wantedMajor = 0, wantedMinor = 0] = version.split('.').map(Number)
  const [major = 0, minor = 0] = highest.split('.').map(Number)
  return wantedMajor < major || (wantedMajor === major && wantedMinor <= minor)
}

/** Calls the callback that stands last, after an optional options object. */
function succeed(rest: readonly unknown[]): void {
  const done = rest.findLast((argument): argument is Done => typeof argument === 'function')
  done?.({ status: AsyncResultStatus.Succeeded, value: undefined })
}
