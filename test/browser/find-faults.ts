import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

/**
 * What axe finds against WCAG 2.2 AA, each with the place. Tabster's dummies are left out: they are hidden and focusable
 * by design.
 * @param part the pane in the host's frame, or the host's own page without it; both unless told
 */
export async function findFaults(page: Page, part?: 'pane' | 'host'): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .exclude('[data-tabster-dummy]')
    .exclude(['iframe', '[data-tabster-dummy]'])
  if (part === 'pane') axe.include(['iframe', 'body'])
  if (part === 'host') axe.exclude(['iframe'])
  const { violations } = await axe.analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target.join(' ')} ${html}`))
}
