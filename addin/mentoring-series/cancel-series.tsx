import { Button, useRestoreFocusTarget } from '@fluentui/react-components'
import { lazy, Suspense, useState } from 'react'
import type { CancelSeriesProps } from './cancel-dialog.tsx'

// Few ever cancel; the dialog is loaded for those who do.
const CancelDialog = lazy(() => import('./cancel-dialog.tsx'))

/** The way to call a series off; it asks first. */
export function CancelSeries({ at, name, count }: CancelSeriesProps) {
  const [isOpen, setIsOpen] = useState(false)
  const restoreFocus = useRestoreFocusTarget()
  return (
    <>
      <Button {...restoreFocus} onClick={() => setIsOpen(true)}>
        Cancel series …
      </Button>
      {isOpen && (
        <Suspense>
          <CancelDialog at={at} name={name} count={count} onClose={() => setIsOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
