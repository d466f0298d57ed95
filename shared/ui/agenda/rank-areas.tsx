import { Button, Caption1, Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components'
import { AddRegular, ArrowDownRegular, ArrowUpRegular, DismissRegular } from '@fluentui/react-icons'
import { useEffect, useRef, useState } from 'react'
import type { AgendaItem, MeetingView, Need } from '../../api/meetings.ts'
import { useRankAgenda } from '../../client/meeting-queries.ts'
import { SaveForm } from '../save-form.tsx'
import { NEED_TEXTS, NEEDS, REASON_TEXTS } from './agenda-texts.ts'
import { AREAS_MAX, AREAS_MIN, moved, withArea, withoutArea } from './rank-draft.ts'

const useStyles = makeStyles({
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  row: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    minHeight: '40px',
  },
  name: { flexGrow: 1, minWidth: 0, display: 'flex', flexDirection: 'column' },
  quiet: { color: tokens.colorNeutralForeground2 },
  more: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, marginTop: tokens.spacingVerticalS },
  legend: { padding: 0 },
  needs: { display: 'flex', flexWrap: 'wrap', border: 'none', margin: 0, padding: 0 },
})

export type RankAreasProps = { readonly meeting: MeetingView; readonly onClose: () => void }

/** The mentee puts two to four areas in order and says what they need. Works with buttons, and Alt with the arrow keys. */
export default function RankAreas({ meeting, onClose }: RankAreasProps) {
  const styles = useStyles()
  const known = meeting.agenda.filter(({ isArea }) => isArea)
  const [areas, setAreas] = useState<readonly string[]>(meeting.priorities.areas)
  const [needs, setNeeds] = useState<readonly Need[]>(meeting.priorities.needs)
  const [said, setSaid] = useState('')
  const [focusNext, setFocusNext] = useState<string>()
  const root = useRef<HTMLDivElement>(null)
  const save = useRankAgenda(meeting)
  useEffect(() => {
    if (focusNext === undefined) return
    const buttons = root.current?.querySelectorAll<HTMLElement>('[data-area]') ?? []
    ;[...buttons].find((button) => button.dataset['area'] === focusNext)?.focus()
    setFocusNext(undefined)
  }, [focusNext])
  const titleOf = (id: string) => known.find(({ itemId }) => itemId === id)?.title ?? id
  const move = (area: string, by: -1 | 1) => {
    const next = moved(areas, area, by)
    setAreas(next)
    setSaid(`${titleOf(area)}: ${next.indexOf(area) + 1} of ${next.length}`)
  }
  const { revision } = meeting.priorities
  const isEnough = areas.length >= AREAS_MIN
  return (
    <SaveForm
      label="What comes first"
      saveLabel="Save agenda"
      isSaving={save.isPending}
      error={save.error}
      onCancel={onClose}
      onSave={() => {
        if (!isEnough) return setSaid(`Choose at least ${AREAS_MIN} areas.`)
        save.mutate(
          { areas: [...areas], needs: [...needs], ...(revision === undefined ? {} : { revision }) },
          { onSuccess: onClose },
        )
      }}
    >
      <div ref={root}>
        <Caption1 className={styles.quiet}>
          Two to four areas, the most important first. The others wait for another time.
        </Caption1>
        <ol className={styles.list} aria-label="In this order">
          {areas.map((area, index) => (
            <li
              key={area}
              className={styles.row}
              onKeyDown={(event) => {
                if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
                event.preventDefault()
                move(area, event.key === 'ArrowUp' ? -1 : 1)
              }}
            >
              <Text className={styles.name} weight="semibold">
                {index + 1}. {titleOf(area)}
              </Text>
              <Button
                size="small"
                appearance="subtle"
                icon={<ArrowUpRegular />}
                aria-label={`Move ${titleOf(area)} up`}
                data-area={area}
                onClick={() => move(area, -1)}
              />
              <Button
                size="small"
                appearance="subtle"
                icon={<ArrowDownRegular />}
                aria-label={`Move ${titleOf(area)} down`}
                onClick={() => move(area, 1)}
              />
              <Button
                size="small"
                appearance="subtle"
                icon={<DismissRegular />}
                aria-label={`Leave ${titleOf(area)} for another time`}
                onClick={() => {
                  setAreas(withoutArea(areas, area))
                  setFocusNext(`add-${area}`)
                }}
              />
            </li>
          ))}
        </ol>
        <div className={styles.more}>
          {known
            .filter(({ itemId }) => !areas.includes(itemId))
            .map((item) => (
              <Button
                key={item.itemId}
                size="small"
                icon={<AddRegular />}
                title={reasonsText(item)}
                disabledFocusable={areas.length >= AREAS_MAX}
                data-area={`add-${item.itemId}`}
                onClick={() => {
                  setAreas(withArea(areas, item.itemId))
                  setFocusNext(item.itemId)
                }}
              >
                {item.title}
                {item.reasons.length > 0 ? ` (${reasonsText(item).toLowerCase()})` : ''}
              </Button>
            ))}
        </div>
        <div role="status">
          <Caption1>{said}</Caption1>
        </div>
      </div>
      <fieldset className={styles.needs}>
        <legend className={styles.legend}>What I need from you this time</legend>
        {NEEDS.map((need) => (
          <Checkbox
            key={need}
            label={NEED_TEXTS[need]}
            checked={needs.includes(need)}
            onChange={(_event, { checked }) =>
              setNeeds(NEEDS.filter((one) => (one === need ? checked === true : needs.includes(one))))
            }
          />
        ))}
      </fieldset>
    </SaveForm>
  )
}

const reasonsText = ({ reasons }: AgendaItem): string => reasons.map((reason) => REASON_TEXTS[reason]).join(', ')
