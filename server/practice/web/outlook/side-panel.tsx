import { Button, makeStyles, tokens } from '@fluentui/react-components'
import { DismissRegular } from '@fluentui/react-icons'
import { useEffect, useRef, useState } from 'react'
import { isMentoring } from './calendar-item.ts'
import { ItemDetails } from './item-details.tsx'
import { factsFor, keyOf, type OpenThing, type PaneSituation } from './pane-facts.ts'
import { PanePanel } from './pane-panel.tsx'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    flexShrink: 0,
    width: '390px',
    minHeight: 0,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusLarge,
    overflow: 'hidden',
    backgroundColor: tokens.colorNeutralBackground1,
    '@media (max-width: 899px)': {
      position: 'fixed',
      inset: 0,
      width: 'auto',
      zIndex: 10,
      borderRadius: 0,
      border: 'none',
    },
  },
  head: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    padding: `${tokens.spacingVerticalXS} ${tokens.spacingHorizontalS} ${tokens.spacingVerticalXS} ${tokens.spacingHorizontalL}`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
    outlineStyle: 'none',
  },
  details: {
    flexShrink: 0,
    maxHeight: '38%',
    overflowY: 'auto',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  offer: { padding: tokens.spacingHorizontalL },
})

export type SidePanelProps = {
  readonly open: OpenThing
  readonly situation: PaneSituation
  readonly onClose: () => void
}

/** The form of the open thing with the add-in beside it, as Outlook puts a pane beside a form. */
export function SidePanel({ open, situation, onClose }: SidePanelProps) {
  const styles = useStyles()
  // The add-in starts when its button is pressed; for our own meetings, nobody should have to look for the button.
  const [isPaneWanted, setIsPaneWanted] = useState(open.kind !== 'item' || isMentoring(open.item))
  const heading = useRef<HTMLHeadingElement>(null)
  // A reader who opened something is brought to it.
  useEffect(() => heading.current?.focus(), [])
  const title = open.kind === 'new' ? 'New event' : open.kind === 'item' ? 'Event' : 'Mail'
  return (
    <section className={styles.root} aria-label={title}>
      <div className={styles.head}>
        <h2 ref={heading} tabIndex={-1} className={styles.title}>
          {open.kind === 'new' ? 'New event · Mentoring series' : title}
        </h2>
        <Button
          appearance="subtle"
          icon={<DismissRegular />}
          aria-label={`Close ${title.toLowerCase()}`}
          onClick={onClose}
        />
      </div>
      {open.kind === 'item' && (
        <div className={styles.details}>
          <ItemDetails item={open.item} person={situation.person} timeZone={situation.timeZone} />
        </div>
      )}
      {isPaneWanted ? (
        <PanePanel
          key={`${situation.person.id} ${keyOf(open)}`}
          facts={factsFor(open, situation)}
          start={open.kind === 'new' ? '#/series/new' : ''}
        />
      ) : (
        <div className={styles.offer}>
          <Button onClick={() => setIsPaneWanted(true)}>Open Protected Time</Button>
        </div>
      )}
    </section>
  )
}
