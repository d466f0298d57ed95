import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  Field,
  makeStyles,
  Spinner,
  Textarea,
  tokens,
} from '@fluentui/react-components'
import { useState } from 'react'
import type { SeriesAddress } from '../../shared/client/api-client.ts'
import { useCancelSeries } from '../../shared/client/queries.ts'
import { ErrorState } from '../../shared/ui/error-state.tsx'
import { meetings } from '../../shared/ui/plan-texts.ts'

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
})

export type CancelSeriesProps = {
  readonly at: SeriesAddress
  readonly name: string
  /** Meetings that still lie ahead. */
  readonly count: number
}

/** Calls a series off, after asking; the comment goes out with the cancellations. */
export function CancelSeries({ at: { relationshipId, seriesId }, name, count }: CancelSeriesProps) {
  const styles = useStyles()
  const [isOpen, setIsOpen] = useState(false)
  const [comment, setComment] = useState('')
  const cancelling = useCancelSeries()
  const cancel = () =>
    cancelling.mutate({ at: { relationshipId, seriesId }, comment }, { onSuccess: () => setIsOpen(false) })
  return (
    <Dialog open={isOpen} onOpenChange={(_, { open }) => setIsOpen(open)}>
      <DialogTrigger disableButtonEnhancement>
        <Button>Cancel series …</Button>
      </DialogTrigger>
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
              onClick={() => !cancelling.isPending && cancel()}
            >
              Cancel {meetings(count)}
            </Button>
            <DialogTrigger disableButtonEnhancement>
              <Button>Keep them</Button>
            </DialogTrigger>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  )
}
