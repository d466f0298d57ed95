import { isSupported } from './start-office.ts'

export type HostTheme = 'light' | 'dark'

/** Outlook's theme now; the system's where Outlook names none. */
export function readTheme(): HostTheme {
  const theme = (globalThis.Office?.context as Partial<Office.Context> | undefined)?.officeTheme
  if (theme) {
    const isDark = isDarkColour(theme.bodyBackgroundColor)
    if (isDark !== undefined) return isDark ? 'dark' : 'light'
  }
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** Calls `onChange` whenever the theme changes while the pane is open; returns how to stop. */
export function watchTheme(onChange: (theme: HostTheme) => void): () => void {
  const changed = () => onChange(readTheme())
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', changed)
  const mailbox = (globalThis.Office?.context as Partial<Office.Context> | undefined)?.mailbox
  const listens = mailbox && isSupported('Mailbox', '1.14')
  if (listens) mailbox.addHandlerAsync(Office.EventType.OfficeThemeChanged, changed)
  return () => {
    system.removeEventListener('change', changed)
    if (listens) mailbox.removeHandlerAsync(Office.EventType.OfficeThemeChanged)
  }
}

/** Whether text on `#rrggbb` should be light; `undefined` for what is not such a colour. */
export function isDarkColour(colour: string | undefined): boolean | undefined {
  const parts = colour?.match(/^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i)
  if (!parts) return undefined
  const [red, green, blue] = parts.slice(1).map((part) => Number.parseInt(part, 16))
  // Perceived brightness, ITU-R BT.601.
  return 0.299 * (red ?? 0) + 0.587 * (green ?? 0) + 0.114 * (blue ?? 0) < 128
}
