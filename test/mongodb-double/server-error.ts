import type { Document } from 'mongodb'

/** A command that the server refuses. MongoDB docs: "Error Codes". */
export class ServerError extends Error {
  readonly code: number
  readonly codeName: string
  readonly labels: readonly string[]
  constructor(code: number, codeName: string, message: string, labels: readonly string[] = []) {
    super(message)
    this.code = code
    this.codeName = codeName
    this.labels = labels
  }
}

export const writeConflict = () =>
  new ServerError(112, 'WriteConflict', 'Caused by a conflict with another write.', ['TransientTransactionError'])
export const noSuchTransaction = () =>
  new ServerError(251, 'NoSuchTransaction', 'The transaction has been aborted or is not known.', [
    'TransientTransactionError',
  ])
export const badValue = (message: string) => new ServerError(2, 'BadValue', message)

export class DuplicateKey extends Error {
  readonly index: string
  readonly keyValue: Document
  constructor(namespace: string, index: string, keyValue: Document) {
    super(`E11000 duplicate key error collection: ${namespace} index: ${index} dup key: ${JSON.stringify(keyValue)}`)
    this.index = index
    this.keyValue = keyValue
  }
}

export function errorReply({ code, codeName, message, labels }: ServerError): Document {
  return { ok: 0, errmsg: message, code, codeName, ...(labels.length > 0 ? { errorLabels: [...labels] } : {}) }
}
