import { Caption1, Link, makeStyles, Text, tokens } from '@fluentui/react-components'
import { useStanding } from '../../client/standing-queries.ts'
import { plainDateText } from '../times.ts'
import { areaHref, STEP_TEXTS } from './standing-texts.ts'

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalM}`,
    borderRadius: tokens.borderRadiusLarge,
    borderLeft: `3px solid ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorNeutralBackground2,
    '@media print': { display: 'none' },
  },
  list: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalXS,
    listStyleType: 'none',
    margin: 0,
    padding: 0,
  },
  date: { color: tokens.colorNeutralForeground2 },
})

/**
 * What would help this pair now and is the viewer's to do. Nothing is shown while there is nothing, and a page goes on
 * without it where it cannot be read.
 */
export function NextSteps({ relationshipId, of }: { readonly relationshipId: string; readonly of: string }) {
  const styles = useStyles()
  const standing = useStanding(relationshipId)
  const steps = standing.data?.nextSteps ?? []
  if (steps.length === 0) return null
  return (
    <section className={styles.root} aria-label={`Next steps with ${of}`}>
      <Text weight="semibold">Next steps</Text>
      <ul className={styles.list}>
        {steps.map(({ id, dueOn }) => {
          const { text, area } = STEP_TEXTS[id]
          return (
            <li key={id}>
              {area === undefined ? (
                <Text>{text}</Text>
              ) : (
                <Link inline href={areaHref(relationshipId, area)}>
                  {text}
                </Link>
              )}
              {dueOn !== undefined && (
                <Caption1 block className={styles.date}>
                  {id === 'go-on' ? plainDateText(dueOn) : `By ${plainDateText(dueOn)}`}
                </Caption1>
              )}
            </li>
          )
        })}
      </ul>
    </section>
  )
}
