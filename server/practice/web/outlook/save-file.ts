/** Hands a file that came in base64 to the browser to keep. */
export function saveFile({
  name,
  contentType,
  contentBytes,
}: {
  name: string
  contentType: string
  contentBytes: string
}): void {
  const bytes = Uint8Array.from(atob(contentBytes), (letter) => letter.charCodeAt(0))
  const address = URL.createObjectURL(new Blob([bytes], { type: contentType }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // The download has begun when click returns; Safari still reads the address a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
