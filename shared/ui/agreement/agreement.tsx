import { Body1, Button, makeStyles, Spinner, Subtitle2, tokens } from '@fluentui/react-components'
import { useState } from 'react'
import type { AgreementView } from '../../api/agreement.ts'
import type { RelationshipView } from '../../api/relationships.ts'
import { useAgreement, useChangeAgreement, useSignAgreement } from '../../client/agreement-queries.ts'
import { findAgreementSection } from '../../templates/agreement.ts'
import { EmptyState } from '../empty-state.tsx'
import { ErrorState } from '../error-state.tsx'
import type { PairAreaProps } from '../pair/area-props.ts'
import { dateText } from '../times.ts'
import { AgreedText } from './agreed-text.tsx'
import { AgreementWizard } from './agreement-wizard.tsx'

type Version = NonNullable<AgreementView['current']>

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '720px' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS, '@media print': { display: 'none' } },
  signatures: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
})

/** How the two work together: written with ready sentences, read, signed by both, printed. */
export default function Agreement({ relationship, timeZone }: PairAreaProps) {
  const { relationshipId } = relationship
  const agreement = useAgreement(relationshipId)
  const change = useChangeAgreement(relationshipId)
  const [isWriting, setIsWriting] = useState(false)
  const styles = useStyles()
  const write = () => {
    change.reset()
    setIsWriting(true)
  }
  if (!agreement.data) {
    if (agreement.isPending) return <Spinner label="Loading your agreement" />
    return (
      <ErrorState
        title="Your agreement could not be loaded"
        error={agreement.error}
        onRetry={() => void agreement.refetch()}
      />
    )
  }
  const { current } = agreement.data
  const isOver = relationship.state === 'ended' || relationship.state === 'informal'
  if (isWriting) {
    return (
      <AgreementWizard
        initial={current?.sections ?? []}
        isSaving={change.isPending}
        error={change.error}
        onSave={(sections, done) => change.mutate(sections, { onSuccess: done })}
        onClose={() => setIsWriting(false)}
      />
    )
  }
  return (
    <div className={styles.root}>
      <Subtitle2 as="h2">Agreement</Subtitle2>
      {current ? (
        <Read agreement={agreement.data} current={current} relationship={relationship} timeZone={timeZone} />
      ) : (
        <EmptyState title="Nothing written yet">
          A page on how you work together: who books, how fast you answer, what stays between you. Talk it through at
          your first meeting; ready sentences are there to choose from. You both sign it.
        </EmptyState>
      )}
      {!isOver && (
        <div className={styles.buttons}>
          <Button {...(current ? {} : { appearance: 'primary' })} onClick={write}>
            {current ? 'Change it' : 'Begin the agreement'}
          </Button>
          {current && <Button onClick={() => window.print()}>Print</Button>}
        </div>
      )}
    </div>
  )
}

type ReadProps = {
  readonly agreement: AgreementView
  readonly current: Version
  readonly relationship: RelationshipView
  readonly timeZone: string
}

function Read({ agreement: { missing, signed, isOpen }, current, relationship, timeZone }: ReadProps) {
  const styles = useStyles()
  const { relationshipId, myRole, mentee, mentor } = relationship
  const sign = useSignAgreement(relationshipId)
  const again = useChangeAgreement(relationshipId)
  const { signatures } = current
  const names = { mentee: mentee.displayName, mentor: mentor.displayName }
  const mine = myRole === 'mentee' || myRole === 'mentor' ? signatures[myRole] : undefined
  const isSigned = signatures.mentee !== undefined && signatures.mentor !== undefined
  const seen = { version: current.version, revision: current.revision }
  return (
    <>
      {signed && (
        <Body1>Version {signed.version}, which you both signed, holds until both of you have signed this one.</Body1>
      )}
      {isSigned && isOpen && (
        <Body1>It is time to read it again together. Change what no longer fits, or sign it as it is.</Body1>
      )}
      <AgreedText sections={current.sections} />
      {missing.length > 0 && (
        <div>
          <Body1>Before you can sign, these need a sentence:</Body1>
          <ul className={styles.list}>
            {missing.map((id) => (
              <li key={id}>{findAgreementSection(id)?.title}</li>
            ))}
          </ul>
        </div>
      )}
      <section className={styles.signatures} aria-label="Signatures">
        {(['mentee', 'mentor'] as const).map((role) => {
          const at = signatures[role]
          return (
            <Body1 key={role}>
              {names[role]}, {role}: {at === undefined ? 'not signed yet' : `signed ${dateText(at, { timeZone })}`}
            </Body1>
          )
        })}
        <Body1>Version {current.version}</Body1>
      </section>
      {(sign.error ?? again.error) && <ErrorState title="It was not signed" error={sign.error ?? again.error} />}
      <div className={styles.buttons}>
        {mine === undefined && missing.length === 0 && (
          <Button appearance="primary" disabledFocusable={sign.isPending} onClick={() => sign.mutate(seen)}>
            Sign
          </Button>
        )}
        {isSigned && isOpen && (
          <Button
            appearance="primary"
            disabledFocusable={again.isPending}
            onClick={() => again.mutate(current.sections)}
          >
            Keep it as it is
          </Button>
        )}
      </div>
    </>
  )
}
