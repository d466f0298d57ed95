import { writeFile } from 'node:fs/promises'
import { drawIcon } from './draw-icon.ts'
import { encodePng } from './encode-png.ts'
import { ICONS } from './icons.ts'

// Run from the project's top folder after a change of the drawing: npx tsx server/packages/write-icons.ts
for (const { file, size, look } of ICONS) await writeFile(file, encodePng(drawIcon(size, look)))
