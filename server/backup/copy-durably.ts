import { closeSync, copyFileSync, fsyncSync, openSync } from 'node:fs'
import { makePrivate } from '../store/instance-lock.ts'

/** Copies a file so that it survives a loss of power, readable by its owner only, whoever could read the first. */
export function copyDurably(from: string, to: string): void {
  copyFileSync(from, makePrivate(to))
  // Copying takes the first file's mode along.
  const file = openSync(makePrivate(to), 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
