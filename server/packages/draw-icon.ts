import type { Picture } from './encode-png.ts'

/**
 * The mark: a clock kept safe by a shield.
 * - `mark`: the shield on nothing, for Outlook's ribbon.
 * - `tile`: the shield small and white on a full square, for the Teams app list.
 * - `outline`: white lines on nothing, for the Teams app bar.
 */
export type IconLook = 'mark' | 'tile' | 'outline'

type Colour = readonly [red: number, green: number, blue: number]
const TEAL: Colour = [11, 106, 107]
const DEEP_TEAL: Colour = [6, 71, 82]
const WHITE: Colour = [255, 255, 255]

/** Samples per pixel and axis; 8 x 8 gives 64 steps of edge coverage. */
const SAMPLES = 8

/** Draws the mark at a size in pixels. The same size and look always give the same pixels. */
export function drawIcon(size: number, look: IconLook): Picture {
  const rgba = new Uint8Array(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) rgba.set(pixel(x, y, size, look), (y * size + x) * 4)
  }
  return { width: size, height: size, rgba }
}

function pixel(column: number, row: number, size: number, look: IconLook): readonly number[] {
  let [red, green, blue, covered] = [0, 0, 0, 0]
  for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
    const x = (column + ((sample % SAMPLES) + 0.5) / SAMPLES) / size
    const y = (row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size
    const colour = colourAt(x, y, size, look)
    if (!colour) continue
    red += colour[0]
    green += colour[1]
    blue += colour[2]
    covered++
  }
  if (covered === 0) return [0, 0, 0, 0]
  const share = SAMPLES * SAMPLES
  return [
    Math.round(red / covered),
    Math.round(green / covered),
    Math.round(blue / covered),
    Math.round((255 * covered) / share),
  ]
}

/** Colour at a point of the unit square, `undefined` where nothing is drawn. */
function colourAt(x: number, y: number, size: number, look: IconLook): Colour | undefined {
  switch (look) {
    case 'mark':
      if (!isInShield(x, y, 0)) return undefined
      if (isInClock(x, y)) return isOnHands(x, y, handWidth(size)) ? DEEP_TEAL : WHITE
      return shade(y)
    case 'tile': {
      // Teams rounds and crops the square, so the mark keeps to its inner part.
      const [innerX, innerY] = [(x - 0.5) / 0.66 + 0.5, (y - 0.5) / 0.66 + 0.5]
      if (!isInShield(innerX, innerY, 0)) return shade(y)
      return isInClock(innerX, innerY) && !isOnHands(innerX, innerY, handWidth(size)) ? TEAL : WHITE
    }
    case 'outline': {
      const isLine = isInShield(x, y, 0) && !isInShield(x, y, 0.075)
      return isLine || isOnHands(x, y, 0.042) ? WHITE : undefined
    }
  }
}

const shade = (y: number): Colour => {
  const mix = (from: number, to: number) => from + (to - from) * Math.min(1, Math.max(0, y))
  return [mix(TEAL[0], DEEP_TEAL[0]), mix(TEAL[1], DEEP_TEAL[1]), mix(TEAL[2], DEEP_TEAL[2])]
}

/** Half the width of a hand: at 16 pixels it must still cover more than one. */
const handWidth = (size: number): number => (size <= 20 ? 0.0625 : size <= 32 ? 0.04 : 0.03)

/** Whether a point lies in the shield, drawn in by `inset`. */
function isInShield(x: number, y: number, inset: number): boolean {
  const aside = Math.abs(x - 0.5)
  const half = 0.42 - inset
  const top = 0.05 + inset + 0.05 * (aside / 0.42) ** 2
  const shoulder = 0.5
  const tip = 0.97 - inset * 1.15
  if (y < top || y > tip) return false
  if (y <= shoulder) return aside <= half && !isBeyondCorner(aside, y, half, top)
  return aside <= half * (1 - ((y - shoulder) / (tip - shoulder)) ** 2.1)
}

function isBeyondCorner(aside: number, y: number, half: number, top: number): boolean {
  const radius = 0.09
  const [dx, dy] = [aside - (half - radius), top + radius - y]
  return dx > 0 && dy > 0 && Math.hypot(dx, dy) > radius
}

const CENTRE = { x: 0.5, y: 0.455 } as const
const isInClock = (x: number, y: number): boolean => Math.hypot(x - CENTRE.x, y - CENTRE.y) <= 0.285

/** Four o'clock: the long hand up, the short one to the lower right. */
function isOnHands(x: number, y: number, halfWidth: number): boolean {
  return (
    distanceToLine(x, y, CENTRE.x, CENTRE.y - 0.195) <= halfWidth ||
    distanceToLine(x, y, CENTRE.x + 0.135, CENTRE.y + 0.085) <= halfWidth
  )
}

/** Distance from a point to the line from the clock's centre to an end. */
function distanceToLine(x: number, y: number, endX: number, endY: number): number {
  const [alongX, alongY] = [endX - CENTRE.x, endY - CENTRE.y]
  const share = ((x - CENTRE.x) * alongX + (y - CENTRE.y) * alongY) / (alongX ** 2 + alongY ** 2)
  const t = Math.min(1, Math.max(0, share))
  return Math.hypot(x - CENTRE.x - t * alongX, y - CENTRE.y - t * alongY)
}
