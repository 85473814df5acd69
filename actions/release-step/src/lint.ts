import { annotateFault, findPullBase, type Outcome, toFaultResult } from '@switchyard/action'
import { commandName, CONFIG_PATH } from '@switchyard/commands'
import { escapeMarkdown, type Fault, inlineCode, renderPlace, renderTable } from '@switchyard/core'
import { renderForeseen } from '@switchyard/releasing/render'
import { COMMANDS } from './command-list.ts'
import type { Door } from './door.ts'
import { foresee, type ForeseenFile, readMatrices, readRunning, type Running } from './foresee.ts'
import { contentsNamed, findReleaseFaults, type Paths, releaseFiles, slugOf, type Texts } from './lint-files.ts'
import type { Spec } from './inputs.ts'

/**
 * Checks inventory, releases and rules before they are merged, and what becomes of customers that releases know. Of a pull request it
 * says, too, what would change in releases that are worked off.
 */
export async function lint(door: Door): Promise<Outcome<Spec>> {
  const { inputs, context } = door.given
  const paths = { inventory: inputs.inventoryPath, releases: inputs.releasesPath }
  const base = findPullBase(context)
  const [texts, old, running] = await Promise.all([
    readTexts(door, { commit: context.sha, files: [paths.inventory, CONFIG_PATH], folder: paths.releases }),
    base === undefined ? undefined : readTexts(door, { commit: base, files: [paths.inventory], folder: paths.releases }),
    base === undefined ? undefined : readRunning(door),
  ])
  const slugs = slugsOf(running, { texts: old ?? NONE, paths })
  const [contents, oldContents, matrices] = await Promise.all([
    readContents(door, { texts, commit: context.sha, paths }),
    old === undefined || base === undefined || slugs.length === 0 ? NONE : readContents(door, { texts: old, commit: base, paths }),
    running === undefined || 'unread' in running || slugs.length === 0 ? undefined : readMatrices(door, slugs),
  ])
  const before = old?.get(paths.inventory)
  const faults = [...findReleaseFaults({ texts, contents, before }, paths), ...(await configFaults(door, texts.get(CONFIG_PATH)))]
  const judged = judge(faults, texts.size)
  if (running === undefined || old === undefined) return judged
  const sides = { before: { texts: old, contents: oldContents }, after: { texts, contents } }
  const releases = await foresee({ slugs, matrices, ...sides, paths })
  return withForeseen(judged, { releases, unread: 'unread' in running ? running.unread : undefined })
}

/** Releases that run; where that is not known, all that had a file. */
function slugsOf(running: Running | undefined, { texts, paths }: { readonly texts: Texts; readonly paths: Paths }): readonly string[] {
  if (running === undefined) return []
  return 'slugs' in running ? running.slugs : releaseFiles(texts, paths).map(slugOf)
}

const NONE: Texts = new Map()

async function readContents(
  door: Door,
  { texts, commit, paths }: { readonly texts: Texts; readonly commit: string; readonly paths: Paths },
): Promise<Texts> {
  const files = contentsNamed(texts, paths)
  return files.length === 0 ? NONE : readTexts(door, { commit, files })
}

interface ForeseenAll {
  readonly releases: readonly ForeseenFile[]
  /** Why it is not known which of them run. */
  readonly unread: string | undefined
}

/** Says beside what is wrong with the files what they would change. */
function withForeseen(judged: Outcome<Spec>, { releases, unread }: ForeseenAll): Outcome<Spec> {
  const told = renderForeseen({ releases, unread })
  const count = releases.length === 1 ? 'One running release' : `${releases.length} running releases`
  return {
    ...judged,
    headline: releases.length === 0 || unread !== undefined ? judged.headline : `${judged.headline} ${count} would change.`,
    result: {
      ...judged.result,
      running: releases.map(({ slug, foreseen }) => ({
        release: slug,
        changes: foreseen.map(({ step, words }) => ({ step: step ?? null, what: words })),
      })),
    },
    summary: `${judged.summary ?? ''}\n${told}\n`,
    annotations: [...(judged.annotations ?? []), ...releases.flatMap(({ annotations }) => annotations)],
  }
}

type Wanted = { readonly commit: string; readonly files: readonly string[]; readonly folder?: string }

async function readTexts({ github, given: { context } }: Door, wanted: Wanted): Promise<Texts> {
  const { readCommitFiles } = await import('@switchyard/github/operations')
  const found = await readCommitFiles(github, context.repository, wanted)
  return new Map([...found].map(([path, { text }]) => [path, text]))
}

async function configFaults({ given: { context } }: Door, text: string | undefined): Promise<readonly Fault[]> {
  if (text === undefined) return []
  const { parseSwitchyardConfig } = await import('@switchyard/commands/config')
  const parsed = parseSwitchyardConfig(text, { file: CONFIG_PATH, owner: context.repository.owner, commands: COMMANDS.map(commandName) })
  return parsed.ok ? [] : parsed.faults
}

function judge(faults: readonly Fault[], count: number): Outcome<Spec> {
  const errors = faults.filter(({ severity }) => severity === 'error')
  const [first] = errors
  const warned = faults.length - errors.length
  const told = warned === 0 ? '' : ` and ${warned === 1 ? 'a warning' : `${warned} warnings`}`
  return {
    decision: first === undefined ? 'done' : 'failed',
    reasonCode: first === undefined ? 'files-sound' : 'files-faulty',
    headline:
      first === undefined
        ? `${count} files have no fault${told}.`
        : `There ${errors.length === 1 ? 'is a fault' : `are ${errors.length} faults`}${told}: ${first.message}`,
    result: { faults: faults.map(toFaultResult) },
    summary: renderPage(faults, count),
    annotations: faults.map(annotateFault),
  }
}

const MAX_ROWS = 200

function renderPage(faults: readonly Fault[], count: number): string {
  if (faults.length === 0) return `### Release files sound\n\n${count} files were read.\n`
  const rows = faults
    .slice(0, MAX_ROWS)
    .map(({ place, message, hint }) => [place ? inlineCode(renderPlace(place)) : '', escapeMarkdown(message), escapeMarkdown(hint ?? '')])
  const more = faults.length > MAX_ROWS ? `\n\nand ${faults.length - MAX_ROWS} more` : ''
  return `### Release files ${faults.some(({ severity }) => severity === 'error') ? 'faulty' : 'sound'}\n\n${renderTable(['Where', 'What', 'What to do'], rows)}${more}\n`
}
