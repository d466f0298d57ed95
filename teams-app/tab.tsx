import { Caption1, Field, Link, makeStyles, mergeClasses, Select, Spinner, tokens } from '@fluentui/react-components'
import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react'
import type { Me } from '../shared/api/me.ts'
import { useMe } from '../shared/client/queries.ts'
import { EmptyState } from '../shared/ui/empty-state.tsx'
import { ErrorState } from '../shared/ui/error-state.tsx'
import { deviceTimeZone } from '../shared/ui/times.ts'
import { type Place, readPlace, writePlace } from './places.ts'

// Coordinators and pairs see different pages, and most come for dates: each fetches the script of what it opens.
const ProgrammePane = lazy(() => import('./coordinator/programme-pane.tsx'))
const FiguresPane = lazy(() => import('./leadership/figures-pane.tsx'))
const MyPairsPane = lazy(() => import('./my-pairs/my-pairs-pane.tsx'))
const MeetingPane = lazy(() => import('./meeting/meeting-pane.tsx'))
const SettingsPane = lazy(() => import('./settings/settings-pane.tsx'))
const PairPane = lazy(() => import('./pair/pair-pane.tsx'))

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    maxWidth: '1200px',
    margin: '0 auto',
    padding: `0 ${tokens.spacingHorizontalXXL} ${tokens.spacingVerticalXXL}`,
    '@media (max-width: 480px)': { padding: `0 ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXL}` },
  },
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    alignItems: 'center',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media print': { display: 'none' },
  },
  places: { display: 'flex', gap: tokens.spacingHorizontalXS },
  place: {
    padding: `${tokens.spacingVerticalMNudge} ${tokens.spacingHorizontalMNudge}`,
    borderBottom: '3px solid transparent',
    ':hover': { textDecorationLine: 'none', borderBottomColor: tokens.colorNeutralStroke1Hover },
  },
  here: { fontWeight: tokens.fontWeightSemibold, borderBottomColor: tokens.colorCompoundBrandStroke },
  who: { color: tokens.colorNeutralForeground2, '@media (max-width: 480px)': { display: 'none' } },
})

export type TabProps = {
  /** What a deep link pointed at; empty without one. */
  readonly subPageId: string
  /** Called once there is something to look at. */
  readonly onSuccess: () => void
}

/** The tab: the programme for coordinators, its figures for leadership, own pairs for everybody. */
export function MentoringTab({ subPageId, onSuccess }: TabProps) {
  const me = useMe()
  // An error with words and a way on is a working tab; only silence is not.
  const isShown = me.status !== 'pending'
  useEffect(() => {
    if (isShown) onSuccess()
  }, [isShown, onSuccess])
  const styles = useStyles()
  switch (me.status) {
    case 'pending':
      return <Spinner label="Signing you in" style={{ paddingTop: 80 }} />
    case 'error':
      return (
        <main className={styles.root} style={{ paddingTop: 24 }}>
          <ErrorState error={me.error} title="Protected Time could not start" onRetry={() => me.refetch()} />
        </main>
      )
    case 'success':
      return <SignedIn me={me.data} subPageId={subPageId} />
  }
}

const PLACES = [
  ['programme', 'Programme'],
  ['my-pairs', 'My pairs'],
] as const

function SignedIn({ me, subPageId }: { readonly me: Me; readonly subPageId: string }) {
  const styles = useStyles()
  const seen = me.programmes.filter(({ role }) => role !== 'member')
  const atFirst: Place = seen.length > 0 ? { name: 'programme' } : { name: 'my-pairs' }
  const place = readPlace(useHash()) ?? readPlace(subPageId) ?? atFirst
  const here = place.name === 'programme' || place.name === 'settings' ? 'programme' : 'my-pairs'
  return (
    <div className={styles.root}>
      <header className={styles.bar}>
        {/* Links and not a list of tabs: each has an address, and a tab's script is a tenth of a first look. */}
        <nav className={styles.places} aria-label="Mentoring">
          {PLACES.map(([name, text]) => (
            <Link
              key={name}
              href={writePlace({ name })}
              appearance="subtle"
              className={mergeClasses(styles.place, name === here && styles.here)}
              aria-current={name === here ? 'page' : undefined}
            >
              {text}
            </Link>
          ))}
        </nav>
        <Caption1 className={styles.who}>{me.person.displayName}</Caption1>
      </header>
      <main>
        <Suspense fallback={<Spinner label="Opening" />}>
          <Screen place={place} me={me} seen={seen} />
        </Suspense>
      </main>
    </div>
  )
}

type ScreenProps = { readonly place: Place; readonly me: Me; readonly seen: Me['programmes'] }

function Screen({ place, me, seen }: ScreenProps) {
  const timeZone = me.timeZone ?? deviceTimeZone()
  switch (place.name) {
    case 'my-pairs':
      return <MyPairsPane timeZone={timeZone} />
    case 'programme':
      return <Programmes place={place} seen={seen} />
    case 'settings':
      return <SettingsPane key={place.programmeId} programmeId={place.programmeId} />
    case 'meeting':
      return <MeetingPane key={place.meetingId} at={place} timeZone={timeZone} />
    case 'pair':
      return <PairPane key={place.relationshipId} at={place} timeZone={timeZone} />
  }
}

type ProgrammesProps = {
  readonly place: Place & { readonly name: 'programme' }
  /** Programmes that the person coordinates or leads. */
  readonly seen: Me['programmes']
}

function Programmes({ place, seen }: ProgrammesProps) {
  const chosen = seen.find(({ programmeId }) => programmeId === place.programmeId) ?? seen[0]
  if (!chosen) {
    return (
      <EmptyState title="This list is for coordinators">
        Coordinators see here which pairs of their programme have dates. You are not a coordinator of a programme, so
        there is nothing to show; your own mentoring meetings are under My pairs. If you should see a programme, ask
        whoever runs it to give you the coordinator role.
      </EmptyState>
    )
  }
  return (
    <>
      {seen.length > 1 && (
        <Field label="Programme" orientation="horizontal" style={{ maxWidth: 480, marginBottom: 16 }}>
          <Select
            value={chosen.programmeId}
            onChange={(_event, { value }) => go({ name: 'programme', programmeId: value })}
          >
            {seen.map(({ programmeId, name }) => (
              <option key={programmeId} value={programmeId}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {chosen.role === 'leadership' ? (
        <FiguresPane key={chosen.programmeId} programmeId={chosen.programmeId} />
      ) : (
        <ProgrammePane
          key={chosen.programmeId}
          programmeId={chosen.programmeId}
          relationshipId={place.relationshipId}
        />
      )}
    </>
  )
}

function go(place: Place): void {
  window.location.hash = writePlace(place)
}

function useHash(): string {
  return useSyncExternalStore(
    (onChange) => {
      window.addEventListener('hashchange', onChange)
      return () => window.removeEventListener('hashchange', onChange)
    },
    () => window.location.hash,
  )
}
