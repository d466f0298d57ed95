import { Link, makeStyles, tokens, typographyStyles } from '@fluentui/react-components'
import { ArrowLeftRegular } from '@fluentui/react-icons'
import { type ReactNode, useEffect, useRef } from 'react'
import { type Place, writePlace } from './places.ts'

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL, maxWidth: '1040px' },
  title: { ...typographyStyles.title3, margin: 0, outlineStyle: 'none' },
  back: {
    display: 'inline-flex',
    alignItems: 'center',
    alignSelf: 'flex-start',
    gap: tokens.spacingHorizontalXS,
    minHeight: '24px',
    '@media print': { display: 'none' },
  },
})

export type PageFrameProps = {
  readonly title: string
  /** Where the way back leads. */
  readonly back?: { readonly to: Place; readonly label: string }
  readonly children: ReactNode
}

const TO_MY_PAIRS: NonNullable<PageFrameProps['back']> = { to: { name: 'my-pairs' }, label: 'All my pairs' }

/** A page below another: the way back, what it is, and its content. */
export function PageFrame({ title, back = TO_MY_PAIRS, children }: PageFrameProps) {
  const styles = useStyles()
  const heading = useRef<HTMLHeadingElement>(null)
  // Whoever came by a link inside the tab is led to what it opened; a deep link opens the tab without a hash.
  useEffect(() => {
    if (window.location.hash === '') return
    window.scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className={styles.root}>
      <Link href={writePlace(back.to)} className={styles.back}>
        <ArrowLeftRegular aria-hidden />
        {back.label}
      </Link>
      <h1 ref={heading} tabIndex={-1} className={styles.title}>
        {title}
      </h1>
      {children}
    </div>
  )
}
