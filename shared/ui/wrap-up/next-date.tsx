import {
  Body1,
  Caption1,
  Field,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  Spinner,
  tokens,
} from '@fluentui/react-components'
import type { WrapUpView } from '../../api/wrap-up.ts'
import { messageFor } from '../../client/message-for.ts'
import { useProposals } from '../../client/queries.ts'
import { dateText, hoursText } from '../times.ts'
import { type NextChoice, nextWindow, onDifferentDays } from './wrap-up-draft.ts'
import { NONE_PLANNED_REASONS, NONE_PLANNED_TEXTS } from './wrap-up-texts.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalS },
  quiet: { color: tokens.colorNeutralForeground2 },
})

const OFFERS = 3
/** As many as the service ranks: several of them may be on one day. */
const RANKED = 20

export type NextDateProps = {
  readonly wrapUp: WrapUpView
  readonly timeZone: string
  readonly value: NextChoice
  readonly onChange: (value: NextChoice) => void
}

/** The next date: the booked one, or one of three that suit both, or none for now. */
export function NextDate(props: NextDateProps) {
  const styles = useStyles()
  const { nextMeeting } = props.wrapUp
  if (!nextMeeting) return <ChooseNext {...props} />
  const { timeZone } = props
  return (
    <div className={styles.root}>
      <Body1>
        {dateText(nextMeeting.startsAt, { timeZone })}, {hoursText(nextMeeting, { timeZone })}
      </Body1>
      <Caption1 className={styles.quiet}>Booked already, and kept. Move it from the list of all dates.</Caption1>
    </div>
  )
}

function ChooseNext({ wrapUp, timeZone, value, onChange }: NextDateProps) {
  const styles = useStyles()
  const { relationshipId, startsAt, endsAt, today } = wrapUp
  const minutes = (Date.parse(endsAt) - Date.parse(startsAt)) / 60_000
  const asked = useProposals({
    relationshipId,
    body: { plan: { kind: 'windows', windows: [nextWindow(today)] }, minutes, limit: RANKED },
  })
  const offers = onDifferentDays(
    (asked.data?.proposals ?? []).flatMap(({ meetings }) => meetings),
    { timeZone, count: OFFERS },
  )
  return (
    <div className={styles.root}>
      {asked.isPending && <Spinner size="tiny" label="Looking for dates that suit both" labelPosition="after" />}
      {asked.error && <Caption1 className={styles.quiet}>{messageFor(asked.error)}</Caption1>}
      {asked.data && offers.length > 0 && (
        <Caption1 className={styles.quiet}>No date yet. Here are some that work for both.</Caption1>
      )}
      {asked.data && offers.length === 0 && (
        <Caption1 className={styles.quiet}>No time in the coming weeks suits both.</Caption1>
      )}
      <RadioGroup
        aria-label="Next date"
        value={value.kind === 'book' ? value.startsAt : value.kind}
        onChange={(_event, data) => {
          if (data.value === 'none') onChange({ kind: 'none', reason: 'later' })
          else if (data.value !== 'open') onChange({ kind: 'book', startsAt: data.value })
        }}
      >
        {offers.map((offer) => (
          <Radio
            key={offer.startsAt}
            value={offer.startsAt}
            label={`${dateText(offer.startsAt, { timeZone })}, ${hoursText(offer, { timeZone })}`}
          />
        ))}
        <Radio value="none" label="None planned" />
      </RadioGroup>
      {value.kind === 'none' && (
        <Field label="Why" hint="The programme sees this choice, and nothing else of what you note here.">
          <Select
            value={value.reason}
            onChange={(_event, data) =>
              onChange({
                kind: 'none',
                reason: NONE_PLANNED_REASONS.find((reason) => reason === data.value) ?? 'other',
              })
            }
          >
            {NONE_PLANNED_REASONS.map((reason) => (
              <option key={reason} value={reason}>
                {NONE_PLANNED_TEXTS[reason]}
              </option>
            ))}
          </Select>
        </Field>
      )}
    </div>
  )
}
