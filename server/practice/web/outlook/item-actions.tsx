import { Button, Caption1, Field, Input, makeStyles, tokens } from '@fluentui/react-components'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Temporal } from 'temporal-polyfill'
import { zoneName } from '../../../../shared/ui/times.ts'
import type { PracticePerson } from '../practice-api.ts'
import type { CalendarItem } from './calendar-item.ts'
import { callOff, moveItem, proposeTime, type WallPeriod } from './change-item.ts'

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, marginTop: tokens.spacingVerticalXS },
  form: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-end',
    gap: tokens.spacingHorizontalS,
    paddingTop: tokens.spacingVerticalS,
  },
  when: { flex: '1 1 190px' },
  length: { flex: '0 0 72px' },
  // Narrower than an input likes to be by itself.
  input: { minWidth: 0, width: '100%' },
})

const MINUTES_MAX = 480

export type ItemActionsProps = {
  readonly item: CalendarItem
  readonly person: PracticePerson
  readonly timeZone: string
}
type Deed =
  | { readonly kind: 'move' | 'propose'; readonly to: WallPeriod }
  | { readonly kind: 'cancel' | 'cancel-series' }

/** What people do to an item by hand in Outlook: the organizer moves it or calls it off, the invited ask for another time. */
export function ItemActions({ item, person, timeZone }: ItemActionsProps) {
  const styles = useStyles()
  const cache = useQueryClient()
  const formId = useId()
  const [isFormOpen, setIsFormOpen] = useState(false)
  const deed = useMutation({
    mutationFn: (wanted: Deed) => doIt(wanted, person, item),
    onSuccess: () => {
      setIsFormOpen(false)
      return cache.invalidateQueries({ queryKey: ['practice'] })
    },
  })
  const kind = item.isOrganizer ? 'move' : 'propose'
  const canCancel = item.isOrganizer
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a toolbar, not a form */}
      <div className={styles.row} role="group" aria-label="Change this meeting">
        <Button
          size="small"
          aria-expanded={isFormOpen}
          aria-controls={formId}
          onClick={() => setIsFormOpen((isOpen) => !isOpen)}
        >
          {kind === 'move' ? 'Move…' : 'Propose new time…'}
        </Button>
        {canCancel && (
          <Button size="small" disabledFocusable={deed.isPending} onClick={() => deed.mutate({ kind: 'cancel' })}>
            Cancel meeting
          </Button>
        )}
        {canCancel && item.seriesMasterId && (
          <Button
            size="small"
            disabledFocusable={deed.isPending}
            onClick={() => deed.mutate({ kind: 'cancel-series' })}
          >
            Cancel series
          </Button>
        )}
      </div>
      <div id={formId}>
        {isFormOpen && (
          <TimeForm
            item={item}
            timeZone={timeZone}
            text={kind === 'move' ? 'Move' : 'Propose'}
            isPending={deed.isPending}
            onTime={(to) => deed.mutate({ kind, to })}
          />
        )}
      </div>
      {deed.isError && <Caption1 role="alert">Outlook did not do it: {deed.error.message}</Caption1>}
    </>
  )
}

function doIt(deed: Deed, person: PracticePerson, item: CalendarItem): Promise<void> {
  switch (deed.kind) {
    case 'move':
      return moveItem(person, item.id, deed.to)
    case 'propose':
      return proposeTime(person, item.id, deed.to)
    case 'cancel':
      return callOff(person, item)
    case 'cancel-series':
      return callOff(person, { ...item, id: item.seriesMasterId ?? item.id })
  }
}

type TimeFormProps = {
  readonly item: CalendarItem
  readonly timeZone: string
  readonly text: string
  readonly isPending: boolean
  readonly onTime: (to: WallPeriod) => void
}

function TimeForm({ item, timeZone, text, isPending, onTime }: TimeFormProps) {
  const styles = useStyles()
  const [start, setStart] = useState(item.startsAt.toString({ smallestUnit: 'minute' }))
  const [minutes, setMinutes] = useState(String(item.startsAt.until(item.endsAt).total('minutes')))
  const length = Number(minutes)
  const isComplete = start !== '' && Number.isInteger(length) && length > 0 && length <= MINUTES_MAX
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isComplete) return
        const startsAt = Temporal.PlainDateTime.from(start)
        onTime({ startsAt, endsAt: startsAt.add({ minutes: length }) })
      }}
    >
      <Field label={`Day and time, ${zoneName(timeZone)}`} className={styles.when}>
        <Input
          className={styles.input}
          type="datetime-local"
          value={start}
          onChange={(_event, { value }) => setStart(value)}
        />
      </Field>
      <Field label="Minutes" className={styles.length}>
        <Input
          type="number"
          className={styles.input}
          min={5}
          max={MINUTES_MAX}
          value={minutes}
          onChange={(_event, { value }) => setMinutes(value)}
        />
      </Field>
      <Button type="submit" appearance="primary" disabledFocusable={isPending || !isComplete}>
        {text}
      </Button>
    </form>
  )
}
