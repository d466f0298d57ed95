import { Badge, Body1, Caption1, Link, makeStyles, Text, tokens } from '@fluentui/react-components'
import type { HelpContact } from '../../api/help.ts'
import { Card } from '../card.tsx'

const useStyles = makeStyles({
  top: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  ways: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalL, rowGap: tokens.spacingVerticalXS },
  way: { display: 'inline-block', minHeight: '24px' },
})

/** Somebody who helps, and every way to reach them. */
export function Contact({ contact }: { readonly contact: HelpContact }) {
  const styles = useStyles()
  const { name, helpsWith, phone, email, webUrl, hours, isConfidential } = contact
  return (
    <Card>
      <div className={styles.top}>
        <Text weight="semibold" as="h3" style={{ margin: 0 }}>
          {name}
        </Text>
        <Badge appearance="tint" color={isConfidential ? 'success' : 'informative'}>
          {isConfidential ? 'Confidential' : 'May have to report'}
        </Badge>
      </div>
      <Body1>{helpsWith}</Body1>
      <div className={styles.ways}>
        {phone !== undefined && (
          <Link className={styles.way} href={`tel:${phone.replace(/[^+0-9]/g, '')}`}>
            {phone}
          </Link>
        )}
        {email !== undefined && (
          <Link className={styles.way} href={`mailto:${email}`}>
            {email}
          </Link>
        )}
        {webUrl !== undefined && (
          <Link className={styles.way} href={webUrl} target="_blank" rel="noreferrer">
            Website
          </Link>
        )}
      </div>
      {hours !== undefined && <Caption1>{hours}</Caption1>}
    </Card>
  )
}
