import { Body1, Link, MessageBar, MessageBarBody, makeStyles, Subtitle2, tokens } from '@fluentui/react-components'
import type { HelpView } from '../../api/help.ts'
import { useHelp } from '../../client/help-queries.ts'
import { CONFIDENTIALITY_LIMITS } from '../../templates/confidentiality-limits.ts'
import { CONVERSATION_GUIDES } from '../../templates/conversation-guides.ts'
import { CardList } from '../card.tsx'
import { EmptyState } from '../empty-state.tsx'
import { ErrorState } from '../error-state.tsx'
import { Contact } from './contact.tsx'
import { Guide } from './guide.tsx'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXXL, maxWidth: '720px' },
  section: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM },
  bar: { display: 'block', paddingTop: tokens.spacingVerticalS, paddingBottom: tokens.spacingVerticalS },
  limits: { margin: 0, paddingLeft: '20px' },
})

/** Help that does not go through the other person: where confidence ends, whom to call, how to begin a hard talk. */
export default function Help() {
  const styles = useStyles()
  const help = useHelp()
  const programmes = help.data?.programmes ?? []
  const emergencies = programmes.flatMap(({ emergency }) => (emergency === undefined ? [] : [emergency]))
  return (
    <div className={styles.root}>
      <MessageBar intent="warning" layout="multiline" className={styles.bar}>
        <MessageBarBody>
          This is no emergency service, and nobody watches it. If somebody is in danger, call your local emergency
          number now.{emergencies.map((text) => ` ${text}`)}
        </MessageBarBody>
      </MessageBar>
      <section className={styles.section} aria-labelledby="help-contacts">
        <Subtitle2 as="h2" id="help-contacts">
          People who help
        </Subtitle2>
        <Body1>
          Nobody is told that you read this, not the other person, not the programme. Nothing that you wrote here is
          sent to anyone: you decide what you tell.
        </Body1>
        {help.error && !help.data && (
          <ErrorState title="The contacts could not be loaded" error={help.error} onRetry={() => void help.refetch()} />
        )}
        {help.data && <Contacts programmes={programmes} />}
      </section>
      <section className={styles.section} aria-labelledby="help-limits">
        <Subtitle2 as="h2" id="help-limits">
          Where confidence ends
        </Subtitle2>
        <Body1>What the two of you say stays between you, unless it is about:</Body1>
        <ul className={styles.limits}>
          {CONFIDENTIALITY_LIMITS.map((limit) => (
            <li key={limit}>
              <Body1>{limit}</Body1>
            </li>
          ))}
        </ul>
        <Body1>
          Then either of you may need to tell somebody who can act. Say so to the other person when that is safe.
        </Body1>
      </section>
      <section className={styles.section} aria-labelledby="help-guides">
        <Subtitle2 as="h2" id="help-guides">
          Hard conversations, prepared
        </Subtitle2>
        {CONVERSATION_GUIDES.map((guide) => (
          <Guide key={guide.id} guide={guide} />
        ))}
      </section>
    </div>
  )
}

function Contacts({ programmes }: HelpView) {
  const isEmpty = programmes.every(({ contacts }) => contacts.length === 0)
  if (isEmpty) {
    return (
      <EmptyState title="Your institution has listed no contacts yet">
        Your graduate medical education office, faculty affairs, employee health and an ombudsperson are good places to
        begin.
      </EmptyState>
    )
  }
  return programmes.map(({ programmeId, name, contacts, policyUrl }) => (
    <div key={programmeId}>
      <CardList label={`Contacts of ${name}`}>
        {contacts.map((contact) => (
          <li key={contact.name}>
            <Contact contact={contact} />
          </li>
        ))}
      </CardList>
      {policyUrl !== undefined && (
        <p>
          <Link href={policyUrl} target="_blank" rel="noreferrer">
            The policy of {name}
          </Link>
        </p>
      )}
    </div>
  ))
}
