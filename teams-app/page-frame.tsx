import { Link, makeStyles, tokens, typographyStyles } from '@fluentui/react-components'
import { ArrowLeftRegular } from '@fluentui/react-icons'
import { type ReactNode, useEffect, useRef } from 'react'
import { writePlace } from './places.ts'

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

/** A page below My pairs: the way back, what it is, and its content. */
export function PageFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
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
      <Link href={writePlace({ name: 'my-pairs' })} className={styles.back}>
        <ArrowLeftRegular aria-hidden />
        All my pairs
      </Link>
      <h1 ref={heading} tabIndex={-1} className={styles.title}>
        {title}
      </h1>
      {children}
    </div>
  )
}
