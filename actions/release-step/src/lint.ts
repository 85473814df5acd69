import type { Annotation, Outcome } from '@switchyard/action'
import { commandName } from '@switchyard/commands'
import { escapeMarkdown, type Fault, inlineCode, isJsonObject, renderPlace, renderTable } from '@switchyard/core'
import { COMMANDS } from './command-list.ts'
import type { Door } from './door.ts'
import { findTemplateChanges, renderTemplateChanges, type TemplateLint, type Version } from './lint-changes.ts'
import { contentsNamed, findReleaseFaults, type Paths, type Texts } from './lint-files.ts'
import { CONFIG_PATH } from './observe.ts'
import type { Spec } from './inputs.ts'

/** Checks inventory, releases and rules before they are merged, and tells what becomes of customers and steps that releases know. */
export async function lint(door: Door): Promise<Outcome<Spec>> {
  const { inputs, context } = door.given
  const paths = { inventory: inputs.inventoryPath, releases: inputs.releasesPath }
  const base = baseOf(door)
  const [{ texts, contents }, old] = await Promise.all([
    readVersion(door, context.sha, paths),
    base === undefined ? undefined : readVersion(door, base, paths),
  ])
  const before = old?.texts.get(paths.inventory)
  const faults = [...findReleaseFaults({ texts, contents, before }, paths), ...(await configFaults(door, texts.get(CONFIG_PATH)))]
  const changes = old === undefined ? [] : findTemplateChanges(old, { texts, contents }, paths)
  return judge({ faults, changes, count: texts.size })
}

async function readVersion(door: Door, commit: string, paths: Paths): Promise<Version> {
  const texts = await readTexts(door, { commit, files: [paths.inventory, CONFIG_PATH], folder: paths.releases })
  const named = contentsNamed(texts, paths)
  return { texts, contents: named.length === 0 ? new Map() : await readTexts(door, { commit, files: named }) }
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

/** The commit that a pull request starts from. */
function baseOf({ given: { context } }: Door): string | undefined {
  const event = isJsonObject(context.payload) ? context.payload : {}
  const pull = event['pull_request']
  const base = isJsonObject(pull) ? pull['base'] : undefined
  return isJsonObject(base) && typeof base['sha'] === 'string' ? base['sha'] : undefined
}

interface Judged {
  readonly faults: readonly Fault[]
  readonly changes: readonly TemplateLint[]
  /** Files that were read. */
  readonly count: number
}

function judge({ faults, changes, count }: Judged): Outcome<Spec> {
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
    result: {
      faults: faults.map(({ code, message, severity, place }) => ({
        code,
        message,
        severity,
        file: place?.file ?? null,
        line: place?.line ?? null,
        column: place?.column ?? null,
      })),
      changes: changes.map(({ release, added, removed, changed, moved }) => ({
        release,
        added: [...added],
        removed: [...removed],
        changed: [...changed],
        moved: [...moved],
      })),
    },
    summary: renderPage(faults, count) + renderTemplateChanges(changes),
    annotations: faults.map(toAnnotation),
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

function toAnnotation({ message, hint, place, severity }: Fault): Annotation {
  return {
    level: severity === 'warning' ? 'warning' : 'error',
    message: [message, hint].filter((part) => part !== undefined).join(' '),
    ...place,
  }
}
