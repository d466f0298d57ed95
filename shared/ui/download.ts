/** Hands something to the browser as a file to keep. */
export function download(fileName: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  document.body.append(link)
  link.click()
  link.remove()
  // The download has begun when click returns; Safari still reads the address a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** The same of a text. */
export const downloadText = (fileName: string, mediaType: string, text: string): void =>
  download(fileName, new Blob([text], { type: `${mediaType};charset=utf-8` }))
