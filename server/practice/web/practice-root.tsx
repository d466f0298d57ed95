import { Spinner, type Theme } from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'
import { createApiClient } from '../../../shared/client/api-client.ts'
import { AppRoot } from '../../../shared/ui/app-root.tsx'
import { EmptyState } from '../../../shared/ui/empty-state.tsx'
import type { PracticePerson } from './practice-api.ts'
import { choosePerson, type FirstPart } from './practice-people.ts'
import { usePeople } from './practice-queries.ts'
import { useKeptChoice } from './use-kept-choice.ts'

export type PracticeFacts = {
  readonly people: readonly PracticePerson[]
  readonly person: PracticePerson
  readonly onPerson: (userPrincipalName: string) => void
}

export type PracticeRootProps = {
  readonly theme: Theme
  /** Whose eyes a first visit looks through. */
  readonly startAs: FirstPart
  readonly children: (facts: PracticeFacts) => ReactNode
}

/** Everything around a host page: styles and theme as the panes have them, and who is signed in. */
export function PracticeRoot({ theme, startAs, children }: PracticeRootProps) {
  const [chosen, choose] = useKeptChoice('as')
  const [api] = useState(createNoApi)
  return (
    <AppRoot api={api} theme={theme}>
      <People chosen={chosen} startAs={startAs} onPerson={choose}>
        {children}
      </People>
    </AppRoot>
  )
}

/** The panes in the frames speak to our API, each as its own person; the pages around them never do. */
const createNoApi = () =>
  createApiClient({ getToken: () => Promise.reject(new Error('A host page has no API client.')) })

type PeopleProps = {
  readonly chosen: string | undefined
  readonly startAs: FirstPart
  readonly onPerson: (userPrincipalName: string) => void
  readonly children: PracticeRootProps['children']
}

function People({ chosen, startAs, onPerson, children }: PeopleProps) {
  const people = usePeople()
  if (people.data) {
    const person = choosePerson(people.data, chosen, startAs)
    if (person) return children({ people: people.data, person, onPerson })
    return (
      <EmptyState title="Nobody here">
        The practice department has no people. Start with an empty data folder.
      </EmptyState>
    )
  }
  if (people.isError) {
    return (
      <EmptyState title="The practice tenant does not answer">
        {people.error.message} Is the service still running?
      </EmptyState>
    )
  }
  return <Spinner label="Opening the practice department" style={{ paddingTop: 120 }} />
}
