import type { ChildProcess } from 'node:child_process'

/** Resolves with what matches in the standard output of a process. @throws Error when it ends before */
export function saying(
  child: ChildProcess & { readonly stdout: NodeJS.ReadableStream },
  what: RegExp,
): Promise<readonly string[]> {
  return new Promise((found, lost) => {
    let said = ''
    child.stdout.on('data', (text: Buffer) => {
      said += text
      const match = what.exec(said)
      if (match) found([...match])
    })
    child.once('exit', () => lost(new Error('A process ended before it was ready.')))
  })
}

/** Ends a process at once, and resolves when it is gone. */
export async function endOf(child: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await exit
}
