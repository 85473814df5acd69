import { clip, escapeMarkdown, renderLink } from '@switchyard/core'
import { MAX_TITLE } from './limits.ts'

/** A link of ours; one whose address is endless is its words alone. */
export function linkTo(text: string, url: string | undefined): string {
  return url === undefined || url.length > 500 || text.length > MAX_TITLE ? clip(text, MAX_TITLE) : renderLink(text, url.toWellFormed())
}

/** `#12` as a link of ours, which nothing of others is in. */
export function linkNumber(number: number, url: string | undefined): string {
  return url !== undefined && /^https?:\/\/[^\s<>()|]{1,500}$/.test(url) ? `[#${number}](${url})` : escapeMarkdown(`#${number}`)
}

interface Known {
  readonly number: number | undefined
  readonly url: string | undefined
}

/** Links for the issues whose numbers are ours to name; for no others, and none that leads nowhere. */
export function linksOf(known: readonly Known[]): (number: number) => string | undefined {
  const urls = new Map(known.flatMap(({ number, url }) => (number === undefined || url === undefined ? [] : [[number, url] as const])))
  return (number) => (urls.has(number) ? linkNumber(number, urls.get(number)) : undefined)
}
