import { resolve } from 'node:path'
import { backUp } from './backup/back-up.ts'
import { BackupError } from './backup/backup-error.ts'

const USAGE = `npm run backup -- folder

Copies the data of DATA_DIR (./data unless set) into a new folder, also while the service runs, and checks the copy.
The copy does not hold SERVICE_KEY, without which nobody can read people's text. Data in MongoDB is backed up by its own tools.
`
const EXIT = { done: 0, failed: 1, wrongUsage: 2 } as const

/** `npm run backup`: see `USAGE`. Ends with 0, 1 when there is no backup, 2 when the command is wrong. */
async function main(): Promise<number> {
  const [folder, ...rest] = process.argv.slice(2)
  if (folder === undefined || rest.length > 0 || folder.startsWith('-')) {
    process.stderr.write(USAGE)
    return EXIT.wrongUsage
  }
  const dataDir = resolve(process.env['DATA_DIR'] ?? './data')
  try {
    if (process.env['MONGODB_URI']) throw new BackupError('The data is in MongoDB: back it up with its own tools.')
    const { documents, files } = await backUp(dataDir, resolve(folder), new Date().toISOString())
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    process.stdout.write(
      `Backed up ${documents} documents in ${files.length} files (${Math.ceil(bytes / 1024)} KiB) to ${resolve(folder)}, and checked them.\n` +
        'The backup does not hold SERVICE_KEY: keep that elsewhere. Delete backups when what they hold should be forgotten.\n',
    )
    return EXIT.done
  } catch (error) {
    if (!(error instanceof BackupError)) throw error
    process.stderr.write(`${error.message}\n`)
    return EXIT.failed
  }
}

process.exitCode = await main()
