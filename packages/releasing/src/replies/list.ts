import { clip, fitTable, inlineCode, isJsonObject, type Json, renderTime } from '@switchyard/core'
import { MAX_BODY } from '../board/plan-pages.ts'

export interface ListInput {
  /** The open document of the view `releases`. */
  readonly releases: Json | undefined
  /** Files of releases; those that were begun are told of once, as what became of them. */
  readonly drafts?: readonly { readonly slug: string; readonly name: string; readonly type: string; readonly versionNumber: string }[]
}

/** Drafts, then every release that was begun, newest first. */
export function renderList({ releases, drafts = [] }: ListInput): string {
  const begun = isJsonObject(releases) && Array.isArray(releases['entries']) ? releases['entries'].filter(isJsonObject).toReversed() : []
  const pages = isJsonObject(releases) && typeof releases['pages'] === 'number' ? releases['pages'] : 0
  const known = new Set(begun.map(({ slug }) => slug))
  const waiting = drafts.filter(({ slug }) => !known.has(slug))
  if (waiting.length + begun.length === 0) return `There is no release yet. Write one as ${inlineCode('release/releases/<slug>.yml')}.`
  const rows = [
    ...waiting.map(({ slug, name, type, versionNumber }) => [slug, name, versionNumber, type, 'draft', null] as const),
    ...begun.map(({ slug, name, version_number: version, type, status, at }) => [slug, name, version, type, status, at] as const),
  ].map(([slug, name, version, type, status, at]) => [
    inlineCode(asText(slug).slice(0, 100)),
    clip(asText(name), 200),
    clip(asText(version), 120),
    clip(asText(type), 40),
    clip(asText(status), 40),
    typeof at === 'string' ? renderTime(at) : '—',
  ])
  const older = pages > 0 ? `\n\nArchived ones before these are in the ledger, in ${inlineCode('views/releases/')}.` : ''
  const [first] = waiting
  const begin =
    first === undefined
      ? ''
      : `\n\nTo begin a draft, comment ${inlineCode(`/release activate ${first.slug.slice(0, 100)}`)}: its board is opened.`
  const table = fitTable({ head: ['Release', 'Name', 'Version', 'Type', 'Status', 'Since'], rows, max: MAX_BODY - 500 })
  return `${table}${older}${begin}`
}

function asText(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}
