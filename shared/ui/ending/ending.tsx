import { Body1, Button, Checkbox, makeStyles, Spinner, Subtitle2, tokens } from '@fluentui/react-components'
import { type ReactNode, useId } from 'react'
import type { EndingPart, EndingView } from '../../api/endings.ts'
import type { RelationshipView } from '../../api/relationships.ts'
import { useChangeEnding, useEnding } from '../../client/ending-queries.ts'
import { ErrorState } from '../error-state.tsx'
import type { PairAreaProps } from '../pair/area-props.ts'
import { ExportButtons } from '../record/export-buttons.tsx'
import { dateText } from '../times.ts'
import { Deletion } from './deletion.tsx'
import { formLabel, STEPS } from './ending-texts.ts'
import { OwnWords } from './own-words.tsx'
import { Settle } from './settle.tsx'
import { Wish } from './wish.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL, maxWidth: '720px' },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  steps: { display: 'flex', flexDirection: 'column' },
  start: { alignSelf: 'flex-start', '@media print': { display: 'none' } },
  written: { whiteSpace: 'pre-wrap', margin: 0 },
})

type Change = ReturnType<typeof useChangeEnding>

/** Parting well, or going on as something else. */
export default function Ending({ relationship, timeZone }: PairAreaProps) {
  const styles = useStyles()
  const { relationshipId, mentee, mentor, myRole, state } = relationship
  const ending = useEnding(relationshipId)
  const change = useChangeEnding(relationshipId)
  const otherName = (myRole === 'mentee' ? mentor : mentee).displayName
  if (!ending.data) {
    if (ending.isPending) return <Spinner label="Loading" />
    return <ErrorState title="This could not be loaded" error={ending.error} onRetry={() => void ending.refetch()} />
  }
  const isOver = state === 'ended' || state === 'informal'
  return (
    <div className={styles.root}>
      {state === 'transition' && (
        <Going relationship={relationship} ending={ending.data} otherName={otherName} change={change} />
      )}
      {isOver && (
        <Over
          relationshipId={relationshipId}
          ending={ending.data}
          otherName={otherName}
          timeZone={timeZone}
          isSaving={change.isPending}
          onAgree={() => change.mutate({ kind: 'agree-to-deletion' })}
          onRefuse={() => change.mutate({ kind: 'refuse-deletion' })}
        />
      )}
      {state !== 'transition' && !isOver && (
        <Section title="End or redefine">
          <Body1>
            No mentoring is meant to last for ever. Either of you may begin to end or change it at any time, and needs
            to give no reason. Nothing ends today: you go through a short list together first.
          </Body1>
          {state === 'invited' ? (
            <Body1>Nobody has accepted yet, so there is nothing to end.</Body1>
          ) : (
            <Button
              className={styles.start}
              disabledFocusable={change.isPending}
              onClick={() => change.mutate({ kind: 'start' })}
            >
              Begin to end or redefine
            </Button>
          )}
        </Section>
      )}
      {change.error && change.variables?.kind !== 'part' && (
        <ErrorState title="This was not saved" error={change.error} />
      )}
    </div>
  )
}

type GoingProps = {
  readonly relationship: RelationshipView
  readonly ending: EndingView
  readonly otherName: string
  readonly change: Change
}

function Going({ relationship, ending, otherName, change }: GoingProps) {
  const styles = useStyles()
  const { mine } = ending
  const put = (part: EndingPart) => change.mutate({ kind: 'part', part })
  return (
    <>
      <Section title="1. How to part or go on">
        <Body1>
          Read your agreement and your goals again, and talk to each other before you choose. Please do not quietly
          replace each other.
        </Body1>
        <Wish ending={ending} otherName={otherName} onWish={(wish) => put({ ...mine, wish })} />
      </Section>
      <Section title="2. What belongs to it">
        <div className={styles.steps}>
          {STEPS.filter(({ step }) => step !== 'next-mentor' || relationship.myRole === 'mentee').map(
            ({ step, label }) => (
              <Checkbox
                key={step}
                label={label}
                checked={mine.steps.includes(step)}
                onChange={(_, { checked }) =>
                  put({
                    ...mine,
                    steps: checked === true ? [...mine.steps, step] : mine.steps.filter((one) => one !== step),
                  })
                }
              />
            ),
          )}
        </div>
      </Section>
      <Section title="3. Thank you and looking back">
        <OwnWords
          ending={ending}
          otherName={otherName}
          isMentee={relationship.myRole === 'mentee'}
          isSaving={change.isPending}
          error={change.variables?.kind === 'part' ? change.error : undefined}
          onSave={(words) => {
            const { thanks: _thanks, learned: _learned, nextMentors: _next, ...rest } = mine
            put({ ...rest, ...words })
          }}
        />
      </Section>
      <Section title="4. Your record">
        <ExportButtons relationshipId={relationship.relationshipId} />
      </Section>
      <Section title="5. Close">
        <Settle
          ending={ending}
          otherName={otherName}
          isSaving={change.isPending}
          onSettle={(form) => change.mutate({ kind: 'settle', form })}
        />
      </Section>
    </>
  )
}

type OverProps = {
  readonly relationshipId: string
  readonly ending: EndingView
  readonly otherName: string
  readonly timeZone: string
  readonly isSaving: boolean
  readonly onAgree: () => void
  readonly onRefuse: () => void
}

function Over({ relationshipId, ending, otherName, timeZone, ...deletion }: OverProps) {
  const { form, settledAt, mine, theirs } = ending
  return (
    <>
      <Section title={form === undefined ? 'This mentoring is over' : formLabel(form)}>
        {settledAt !== undefined && <Body1>Since {dateText(settledAt, { timeZone })}.</Body1>}
        {theirs.thanks !== undefined && <Words title={`${otherName} says thank you`} text={theirs.thanks} />}
        {mine.thanks !== undefined && <Words title="Your thank-you" text={mine.thanks} />}
        {mine.learned !== undefined && <Words title="What you learned" text={mine.learned} />}
        {mine.nextMentors !== undefined && <Words title="Who could help next" text={mine.nextMentors} />}
      </Section>
      {ending.deletion.deletedAt === undefined && (
        <Section title="Your record">
          <ExportButtons relationshipId={relationshipId} />
        </Section>
      )}
      <Section title="Delete what you wrote">
        <Deletion deletion={ending.deletion} otherName={otherName} timeZone={timeZone} {...deletion} />
      </Section>
    </>
  )
}

function Words({ title, text }: { readonly title: string; readonly text: string }) {
  const styles = useStyles()
  return (
    <div>
      <b>{title}</b>
      <p className={styles.written}>{text}</p>
    </div>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles()
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <Subtitle2 as="h2" id={id}>
        {title}
      </Subtitle2>
      {children}
    </section>
  )
}
