import { Caption1, makeStyles, tokens } from '@fluentui/react-components'
import { useQuery } from '@tanstack/react-query'
import type { SourceReportList } from '../../../../shared/api/clinic.ts'
import { plainDateText } from '../../../../shared/ui/times.ts'
import { ask, type PracticePerson, readJson } from '../practice-api.ts'
import { signIn } from '../sign-in.ts'

const useStyles = makeStyles({ root: { color: tokens.colorNeutralForeground2 } })

/**
 * Where this person's clinic comes from. As in life it is not in the calendar but in a schedule system's files, so the
 * empty hours above are no free hours; the series form knows them.
 */
export function ClinicLine({ person }: { readonly person: PracticePerson }) {
  const styles = useStyles()
  const sources = useQuery({
    queryKey: ['practice', 'clinic-sources', person.id],
    queryFn: async ({ signal }): Promise<SourceReportList> => {
      const { accessToken } = await signIn(person.userPrincipalName)
      const headers = { authorization: `Bearer ${accessToken}` }
      return readJson(await ask(`/api/people/${person.id}/clinic-sources`, { signal, headers }))
    },
    staleTime: 60_000,
  })
  // An extra: whoever has no schedule, or may not read it, misses nothing here.
  if (!sources.data || sources.data.sources.length === 0) return null
  const names = sources.data.sources.map(({ label, to }) =>
    to === undefined ? label : `${label}, to ${plainDateText(to)}`,
  )
  return (
    <Caption1 className={styles.root}>
      Clinic and duty are not in this calendar; Protected Time reads them from: {names.join(' · ')}
    </Caption1>
  )
}
