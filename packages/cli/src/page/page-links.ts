import type { RecordedRun } from '../run/record-runs.ts'

/** Where a link of somebody's Markdown leads to from the page; nowhere for what must not or cannot be followed. */
export type FindLink = (href: string) => string | undefined

const SAFE_LINK = /^(https?:|mailto:|#)/i

/** Links to runs lead to their places on the page; others to the embedded GitHub lead nowhere, since it has ended. */
export function linksOf(runs: readonly RecordedRun[]): FindLink {
  const anchors = new Map(runs.map((run) => [run.url, `#${run.anchor}`]))
  const gone = new Set(runs.flatMap(({ url }) => (URL.canParse(url) ? [new URL(url).origin] : [])))
  return (href) => {
    const anchor = anchors.get(href.replace(/\/(attempts|job)\/.*$/, ''))
    if (anchor !== undefined) return anchor
    if (!SAFE_LINK.test(href) || (URL.canParse(href) && gone.has(new URL(href).origin))) return undefined
    return href
  }
}
