import { resolve } from 'node:path'
import { BackupError } from './backup/backup-error.ts'
import { restore } from './backup/restore.ts'

const USAGE = `npm run restore -- folder

Checks a backup and puts it into DATA_DIR (./data unless set), which must hold no data. Stop the service first.
`
const EXIT = { done: 0, failed: 1, wrongUsage: 2 } as const

/** `npm run restore`: see `USAGE`. Ends with 0, 1 when nothing was restored, 2 when the command is wrong. */
async function main(): Promise<number> {
  const [folder, ...rest] = process.argv.slice(2)
  if (folder === undefined || rest.length > 0 || folder.startsWith('-')) {
    process.stderr.write(USAGE)
    return EXIT.wrongUsage
  }
  const dataDir = resolve(process.env['DATA_DIR'] ?? './data')
  try {
    const { documents, madeAt } = restore(resolve(folder), dataDir)
    process.stdout.write(
      `Restored ${documents} documents of ${madeAt} to ${dataDir}.\n` +
        "Start the service with the SERVICE_KEY that was in force then; without it people's text cannot be read.\n",
    )
    return EXIT.done
  } catch (error) {
    if (!(error instanceof BackupError)) throw error
    process.stderr.write(`${error.message}\n`)
    return EXIT.failed
  }
}

process.exitCode = await main()
