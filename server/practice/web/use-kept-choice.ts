import { useState } from 'react'

/**
 * A choice of this browser that the next page and the next visit share, such as whom one looks through the eyes of.
 * A query parameter of the same name goes first, so that a link can name the choice.
 */
export function useKeptChoice(name: string): readonly [string | undefined, (value: string) => void] {
  const [value, setValue] = useState(() => {
    const named = new URLSearchParams(window.location.search).get(name)
    if (named !== null) keep(name, named)
    return named ?? read(name)
  })
  return [
    value,
    (next) => {
      setValue(next)
      keep(name, next)
    },
  ]
}

const keyOf = (name: string) => `practice.${name}`

// Storage may be closed (private windows); then the choice lasts as long as the page.
function read(name: string): string | undefined {
  try {
    return window.localStorage.getItem(keyOf(name)) ?? undefined
  } catch {
    return undefined
  }
}
function keep(name: string, value: string): void {
  try {
    window.localStorage.setItem(keyOf(name), value)
  } catch {
    // As above.
  }
}
