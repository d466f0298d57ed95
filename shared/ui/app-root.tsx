import {
  createDOMRenderer,
  FluentProvider,
  makeStaticStyles,
  RendererProvider,
  type Theme,
  webLightTheme,
} from '@fluentui/react-components'
import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { ApiClient } from '../client/api-client.ts'
import { ApiContext } from '../client/api-context.ts'
import { createQueryClient } from '../client/query-client.ts'
import type { PendingReview } from '../client/text-review.ts'
import { ErrorBoundary } from './error-boundary.tsx'

const PatientDataDialog = lazy(() => import('./patient-data-dialog.tsx'))

const usePageStyles = makeStaticStyles({
  'html, body, #root': { margin: 0, height: '100%' },
  body: { overflowWrap: 'anywhere' },
  // Fluent's text parts leave the browser's margins on headings; gaps come from what they stand in.
  'h1, h2, h3, p': { margin: 0 },
})

export type AppRootProps = {
  readonly api: ApiClient
  /** A Fluent theme that goes with the host's own. */
  readonly theme: Theme
  readonly children: ReactNode
}

/** Everything a page needs around its parts: styles under the page's nonce, theme, API client, cache, last-resort error. */
export function AppRoot({ api, theme, children }: AppRootProps) {
  const [renderer] = useState(() => {
    const nonce = readNonce(document)
    return createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {})
  })
  const [queryClient] = useState(createQueryClient)
  // Paper is white whatever the host's theme is.
  const shown = usePrinting() ? webLightTheme : theme
  return (
    <RendererProvider renderer={renderer} targetDocument={document}>
      <PageStyles />
      <FluentProvider theme={shown} style={{ minHeight: '100%', colorScheme: isDark(shown) ? 'dark' : 'light' }}>
        <ErrorBoundary>
          <ApiContext value={api}>
            <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
            <TextReviews review={api.textReview} />
          </ApiContext>
        </ErrorBoundary>
      </FluentProvider>
    </RendererProvider>
  )
}

/** Parts that the browser draws itself, such as the picker of a date, follow the theme too. */
const isDark = (theme: Theme) => theme.colorNeutralForeground1.toLowerCase() === '#ffffff'

function usePrinting(): boolean {
  const [isPrinting, setIsPrinting] = useState(false)
  useEffect(() => {
    // The browser takes its picture right after the event, so the page must have changed by then.
    const before = () => flushSync(() => setIsPrinting(true))
    const after = () => setIsPrinting(false)
    addEventListener('beforeprint', before)
    addEventListener('afterprint', after)
    return () => {
      removeEventListener('beforeprint', before)
      removeEventListener('afterprint', after)
    }
  }, [])
  return isPrinting
}

/** Asks about suspicious texts one after the other. */
function TextReviews({ review }: { readonly review: ApiClient['textReview'] }) {
  const [pending, setPending] = useState<readonly PendingReview[]>([])
  useEffect(() => review.listen((next) => setPending((all) => [...all, next])), [review])
  const [first] = pending
  if (!first) return null
  return (
    <Suspense>
      <PatientDataDialog
        key={first.texts.join()}
        texts={first.texts}
        onDecide={(texts) => {
          first.decide(texts)
          setPending((all) => all.slice(1))
        }}
      />
    </Suspense>
  )
}

function PageStyles() {
  usePageStyles()
  return null
}

/**
 * The nonce of this answer's content security policy, without which a style element would be refused. The build puts
 * it into `<meta property="csp-nonce">`; browsers hide the attribute's text and keep the property.
 */
function readNonce(page: Document): string | undefined {
  const meta = page.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')
  return meta?.nonce || meta?.getAttribute('nonce') || undefined
}
