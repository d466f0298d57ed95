/** What keeps a backup from being made or put back, in one line for the person who asked for it. */
export class BackupError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'BackupError'
  }
}
