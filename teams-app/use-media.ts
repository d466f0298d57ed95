import { useSyncExternalStore } from 'react'

/** Whether a CSS media query holds now; renders again when that changes (a narrower pane, printing). */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = window.matchMedia(query)
      list.addEventListener('change', onChange)
      return () => list.removeEventListener('change', onChange)
    },
    () => window.matchMedia(query).matches,
  )
}
