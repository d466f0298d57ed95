import type { IconLook } from './draw-icon.ts'

/** Every icon that a manifest names: its file, seen from the project's top folder, its size in pixels and its look. */
export const ICONS: readonly { readonly file: string; readonly size: number; readonly look: IconLook }[] = [
  ...[16, 32, 64, 80, 128].map((size) => ({
    file: `server/packages/icons/icon-${size}.png`,
    size,
    look: 'mark' as const,
  })),
  { file: 'teams-app/color.png', size: 192, look: 'tile' },
  { file: 'teams-app/outline.png', size: 32, look: 'outline' },
]
