import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  makeStyles,
  Spinner,
  Textarea,
  tokens,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { SeriesAddress } from '../../shared/client/addresses.ts'
import { useCancelSeries } from '../../shared/client/queries.ts'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { meetings } from '../../shared/ui/plan-texts.ts'

export type CancelSeriesProps = {
  readonly at: SeriesAddress
  readonly name: string
  /** Meetings that still lie ahead. */
  readonly count: number
}

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
})

/** Asks whether to call a series off; the comment goes out with the cancellations. */
export default function CancelDialog({
  at,
  name,
  count,
  onClose,
}: CancelSeriesProps & { readonly onClose: () => void }) {
  const styles = useStyles()
  const [comment, setComment] = useState('')
  const cancelling = useCancelSeries()
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>Cancel {meetings(count)}?</DialogTitle>
          <DialogContent className={styles.content}>
            {cancelling.error && <ErrorState title="Nothing was cancelled" error={cancelling.error} />}
            <span>{name} gets a cancellation for every meeting that still lies ahead. Goals and homework stay.</span>
            <Field label="Message to go with it" hint="Optional. Others who can read the calendar may see it.">
              <Textarea
                value={comment}
                maxLength={500}
                resize="vertical"
                onChange={(_, { value }) => setComment(value)}
              />
            </Field>
          </DialogContent>
          <DialogActions fluid>
            <Button
              appearance="primary"
              disabledFocusable={cancelling.isPending}
              {...(cancelling.isPending ? { icon: <Spinner size="tiny" /> } : {})}
              onClick={() => !cancelling.isPending && cancelling.mutate({ at, comment }, { onSuccess: onClose })}
            >
              Cancel {meetings(count)}
            </Button>
            <Button onClick={onClose}>Keep them</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
