import { Button } from '@fluentui/react-components'
import { CheckmarkRegular, CopyRegular } from '@fluentui/react-icons'
import { useState } from 'react'

/** Puts a text on the clipboard and says so; what is done with it is the person's own act. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState<string>()
  const isCopied = copied === text
  return (
    <>
      <Button
        icon={isCopied ? <CheckmarkRegular /> : <CopyRegular />}
        onClick={async () => {
          if (await copy(text)) setCopied(text)
        }}
      >
        {label}
      </Button>
      <span role="status">{isCopied ? 'Copied. Nothing was sent.' : ''}</span>
    </>
  )
}

/** Panes run in frames, where hosts often refuse the clipboard API; a selection may be copied all the same. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.style.position = 'fixed'
    area.style.opacity = '0'
    document.body.append(area)
    area.select()
    const isCopied = document.execCommand('copy')
    area.remove()
    return isCopied
  }
}
