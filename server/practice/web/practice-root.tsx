import { Spinner, type Theme } from '@fluentui/react-components'
import { type ReactNode, useState } from 'react'
import { createApiClient } from '../../../shared/client/api-client.ts'
import { AppRoot } from '../../../shared/ui/app-root.tsx'
import { EmptyState } from '../../../shared/ui/empty-state.tsx'
import type { PracticePerson } from './practice-api.ts'
import { choosePerson } from './practice-people.ts'
import { usePeople } from './practice-queries.ts'
import { signIn } from './sign-in.ts'
import { useKeptChoice } from './use-kept-choice.ts'

export type PracticeFacts = {
  readonly people: readonly PracticePerson[]
  readonly person: PracticePerson
  readonly onPerson: (userPrincipalName: string) => void
}

export type PracticeRootProps = {
  readonly theme: Theme
  readonly children: (facts: PracticeFacts) => ReactNode
}

/** Everything around a host page: styles and theme as the panes have them, and who is signed in. */
export function PracticeRoot({ theme, children }: PracticeRootProps) {
  const [chosen, choose] = useKeptChoice('as')
  const [api] = useState(() => createApiClient({ getToken: async () => (await signIn(chosen ?? '')).accessToken }))
  return (
    <AppRoot api={api} theme={theme}>
      <People chosen={chosen} onPerson={choose}>
        {children}
      </People>
    </AppRoot>
  )
}

type PeopleProps = {
  readonly chosen: string | undefined
  readonly onPerson: (userPrincipalName: string) => void
  readonly children: PracticeRootProps['children']
}

function People({ chosen, onPerson, children }: PeopleProps) {
  const people = usePeople()
  if (people.data) {
    const person = choosePerson(people.data, chosen)
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
