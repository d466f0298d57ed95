import { Caption1, makeStyles, mergeClasses, Subtitle2, Text, tokens } from '@fluentui/react-components'
import type { Proposal, ProposalsView } from '../../shared/api/proposals.ts'
import { ReasonList } from '../../shared/ui/reason-list.tsx'
import { meetingTime, windowText } from '../../shared/ui/times.ts'
import { commonReasons, ownReasons } from './proposal-facts.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    padding: `${tokens.spacingVerticalM} 0`,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    ':last-child': { borderBottomStyle: 'none' },
  },
  number: {
    boxSizing: 'border-box',
    width: '24px',
    height: '24px',
    borderRadius: tokens.borderRadiusCircular,
    border: `2px solid ${tokens.colorBrandStroke1}`,
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    lineHeight: '20px',
    textAlign: 'center',
  },
  missing: {
    border: `2px dashed ${tokens.colorPaletteRedBorder2}`,
    color: tokens.colorPaletteRedForeground1,
  },
  reasons: { marginTop: tokens.spacingVerticalXS },
  body: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXS },
  quiet: { color: tokens.colorNeutralForeground2 },
})

export type ProposalDetailsProps = {
  readonly proposal: Proposal
  readonly view: ProposalsView
  /** The viewer's IANA zone. */
  readonly timeZone: string
}

/** Every date of a proposal with its reasons, and every window that stays empty with why. */
export function ProposalDetails({ proposal, view, timeZone }: ProposalDetailsProps) {
  const styles = useStyles()
  const common = commonReasons(proposal)
  const otherTimeZones = [view.timeZone, ...view.people.map((person) => person.timeZone)]
  return (
    <section className={styles.root} aria-labelledby="chosen-dates">
      <Subtitle2 as="h2" id="chosen-dates">
        The dates, and why
      </Subtitle2>
      {common.length > 0 && (
        <div className={styles.body}>
          <Text>Every date:</Text>
          <ReasonList label="Why, every date" reasons={common} />
        </div>
      )}
      <ol className={styles.list}>
        {view.windows.map((window, index) => {
          const meeting = proposal.meetings.find((placed) => placed.window === index)
          const refused = proposal.unplaced.find((missing) => missing.window === index)
          const reasons = meeting ? ownReasons(meeting.reasons, common) : (refused?.reasons ?? window.reasons)
          const time = meeting && meetingTime(meeting, { timeZone, otherTimeZones })
          const name = window.purpose ?? `Meeting ${index + 1}`
          return (
            // Windows have no id of their own; two never begin on the same day.
            <li key={window.from} className={styles.item}>
              <span className={mergeClasses(styles.number, !meeting && styles.missing)} aria-hidden>
                {meeting ? index + 1 : '×'}
              </span>
              <div className={styles.body}>
                {time ? (
                  <>
                    <Text weight="semibold">{time.date}</Text>
                    <Text>{time.hours}</Text>
                    {time.elsewhere.map((text) => (
                      <Caption1 key={text} className={styles.quiet}>
                        {text}
                      </Caption1>
                    ))}
                  </>
                ) : (
                  <>
                    <Text weight="semibold">No date yet</Text>
                    <Text>between {windowText(window)}</Text>
                  </>
                )}
                {window.purpose !== undefined && <Caption1 className={styles.quiet}>{window.purpose}</Caption1>}
                <div className={styles.reasons}>
                  <ReasonList label={`Why, ${name}`} reasons={reasons} />
                </div>
              </div>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
