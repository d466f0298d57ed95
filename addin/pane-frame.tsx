import { Body1, Link, makeStyles, tokens, typographyStyles } from '@fluentui/react-components'
import { ArrowLeftRegular } from '@fluentui/react-icons'
import { type ReactNode, useEffect, useRef } from 'react'

const useStyles = makeStyles({
  root: { minHeight: '100vh', display: 'flex', flexDirection: 'column' },
  content: {
    flexGrow: 1,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    boxSizing: 'border-box',
    width: '100%',
    maxWidth: '1040px',
    margin: '0 auto',
    padding: tokens.spacingHorizontalL,
    '@media print': { padding: 0, maxWidth: 'none' },
  },
  heading: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  title: { ...typographyStyles.title3, margin: 0, outlineStyle: 'none' },
  lead: { color: tokens.colorNeutralForeground2 },
  back: { display: 'inline-flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, minHeight: '24px' },
  noPrint: { '@media print': { display: 'none' } },
  actions: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    '@media print': { display: 'none' },
  },
  actionsInner: {
    // At 320 px the first button takes what the others leave.
    '& > :first-child': { flexGrow: 1, maxWidth: '320px' },
    display: 'flex',
    flexWrap: 'wrap',
    gap: tokens.spacingHorizontalS,
    boxSizing: 'border-box',
    maxWidth: '1040px',
    margin: '0 auto',
    padding: `${tokens.spacingVerticalM} ${tokens.spacingHorizontalL}`,
  },
})

export type PaneFrameProps = {
  readonly title: string
  readonly lead?: ReactNode
  readonly back?: { readonly label: string; readonly href: string } | undefined
  /** Buttons that stay in sight at the foot. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** One screen of the pane: where it leads back to, what it is, its content and its buttons. */
export function PaneFrame({ title, lead, back, actions, children }: PaneFrameProps) {
  const styles = useStyles()
  return (
    <main className={styles.root}>
      <div className={styles.content}>
        <div className={styles.heading}>
          {back && (
            <nav className={styles.noPrint} aria-label="Back">
              <Link href={back.href} className={styles.back}>
                <ArrowLeftRegular aria-hidden />
                {back.label}
              </Link>
            </nav>
          )}
          <FocusedTitle title={title} />
          {lead !== undefined && <Body1 className={styles.lead}>{lead}</Body1>}
        </div>
        {children}
      </div>
      {actions !== undefined && (
        <div className={styles.actions}>
          <div className={styles.actionsInner}>{actions}</div>
        </div>
      )}
    </main>
  )
}

let screensShown = 0

/** A new screen takes the keyboard to its title, so that a screen reader says where we are; the first one does not. */
function FocusedTitle({ title }: { title: string }) {
  const styles = useStyles()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    screensShown += 1
    if (screensShown === 1) return
    scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <h1 ref={heading} tabIndex={-1} className={styles.title}>
      {title}
    </h1>
  )
}
