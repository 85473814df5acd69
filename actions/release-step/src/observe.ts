import { CONFIG_PATH } from '@switchyard/commands'
import { faultsError, isJsonObject, joinSelections, type Selection, UserError } from '@switchyard/core'
import { selectConversation, selectRepository, selectSurfaces } from '@switchyard/github'
import type { IssueConversation, RepositoryFacts, Surfaces } from '@switchyard/github/operations'
import { matrixDocument, RELEASES_DOCUMENT, type ReleaseState, releaseSubject } from '@switchyard/releasing'
import type { Inventory, ReleaseFile } from '@switchyard/releasing'
import { boardKey } from './board-key.ts'
import type { Door, ReleaseLoaded } from './door.ts'

/** The first look: the ledger, this repository's files and the conversation, in one request. */
export interface Observation {
  readonly loaded: ReleaseLoaded
  readonly control: RepositoryFacts
  readonly conversation: IssueConversation | undefined
  /** Of the issue that is drawn on, with its body. */
  readonly surfaces: Surfaces | undefined
  readonly slug: string | undefined
  /** Whose token this is, where that was asked. */
  readonly viewer: string | undefined
  /** Whose conversation it is. */
  readonly issue: number | undefined
  /** null: a draft, or no release was named. */
  readonly release: ReleaseState | null
}

export interface ObserveWishes {
  readonly slug: string | undefined
  readonly issue?: number | undefined
  /** An issue that will be drawn on. */
  readonly surface?: number
  readonly asksViewer?: boolean
  readonly documents?: readonly string[]
  /** What is likely to be recorded: then nothing has to be read again for it. */
  readonly likely?: { readonly subjects: readonly string[]; readonly idempotencyKeys: readonly string[] }
}

const NONE = { subjects: [], idempotencyKeys: [] }
const VIEWER: Selection<unknown> = { fields: 'viewer { login }', variables: {}, parse: ({ viewer }) => viewer }
const NOTHING = { fields: '', variables: {}, parse: (): unknown => undefined }

export async function observe(
  door: Door,
  { slug, issue, surface, asksViewer = false, documents = [], likely = NONE }: ObserveWishes,
): Promise<Observation> {
  const { context, inputs } = door.given
  const { owner, name } = context.repository
  const files = [inputs.inventoryPath, CONFIG_PATH, ...(slug === undefined ? [] : [pathOf(door, slug)])]
  const wanted = { owner, name, files }
  const control = selectRepository('control', wanted)
  const conversation = issue === undefined ? NOTHING : selectConversation('issue', { ...context.repository, number: issue })
  const drawn = surface === undefined ? NOTHING : selectSurfaces('surfaces', { owner, name, numbers: [surface], withBodies: true })
  const subjects = [...(slug === undefined ? [] : [releaseSubject(slug)]), ...likely.subjects]
  const { loaded, beside } = await door.load(
    {
      subjects,
      idempotencyKeys: [...(slug === undefined ? [] : [boardKey(door, slug)]), ...likely.idempotencyKeys],
      documents: [...(slug === undefined ? [] : [matrixDocument(slug)]), RELEASES_DOCUMENT, ...documents],
    },
    joinSelections(control, joinSelections(joinSelections(conversation, asksViewer ? VIEWER : NOTHING), drawn)),
  )
  const { parseConversation, parseRepository, parseSurfaces } = await import('@switchyard/github/operations')
  const [repository, [[talk, viewer], surfaces]] = beside
  const facts = parseRepository(repository, wanted)
  if (facts === undefined) {
    throw new UserError('ISSUE_NOT_FOUND', `The token cannot read ${context.repository.fullName}.`, {
      hint: 'Give the job the permission `contents: read`.',
    })
  }
  const { refusePublic } = await import('./refuse-public.ts')
  refusePublic(door, { loaded, control: facts })
  const said = issue === undefined ? undefined : parseConversation(talk)
  if (issue !== undefined && said === undefined) {
    throw new UserError('ISSUE_NOT_FOUND', `There is no issue #${issue}, or the token cannot see it.`, {
      hint: 'Give the job the permission `issues: write`.',
    })
  }
  return {
    loaded,
    control: facts,
    conversation: said,
    surfaces: surface === undefined ? undefined : parseSurfaces(surfaces),
    viewer: isJsonObject(viewer) && typeof viewer.login === 'string' ? viewer.login : undefined,
    slug,
    issue,
    release: slug === undefined ? null : loaded.getState(releaseSubject(slug)).release,
  }
}

/** Where a release is written down. */
export function pathOf({ given: { inputs } }: Door, slug: string): string {
  return `${inputs.releasesPath}/${slug}.yml`
}

/** @throws {UserError} `INVENTORY_NOT_FOUND`, `INVENTORY_INVALID` with every fault. */
export async function readInventory({ given: { inputs, context } }: Door, { control }: Pick<Observation, 'control'>): Promise<Inventory> {
  const file = inputs.inventoryPath
  const text = control.files.get(file)
  if (text === undefined) {
    throw new UserError('INVENTORY_NOT_FOUND', `${context.repository.fullName} has no readable ${file} in its default branch.`, {
      hint: 'Write one, or name another by `inventory-path`.',
    })
  }
  const { parseInventory } = await import('@switchyard/releasing/files')
  const parsed = parseInventory(text, { file })
  if (parsed.ok) return parsed.inventory
  throw faultsError('INVENTORY_INVALID', `${file} has faults`, parsed.faults)
}

/** The release's file, with the contents that it names. @throws {UserError} `RELEASE_NOT_FOUND`, `RELEASE_INVALID` with every fault. */
export async function readReleaseFile(door: Door, { control }: Pick<Observation, 'control'>, slug: string): Promise<ReleaseFile> {
  const { context } = door.given
  const file = pathOf(door, slug)
  const text = control.files.get(file)
  if (text === undefined) {
    throw new UserError('RELEASE_NOT_FOUND', `There is no release ${slug}: ${file} is not in the default branch.`, {
      hint: await (await import('./drafts.ts')).suggestSlug(door, slug),
    })
  }
  const { findContentFiles, parseReleaseFile } = await import('@switchyard/releasing/files')
  const paths = findContentFiles(text)
  const contents = paths.length === 0 ? new Map<string, string>() : await readFiles(door, paths)
  const parsed = parseReleaseFile(text, { file, slug, readContent: (path) => contents.get(path) })
  if (parsed.ok) return parsed.release
  throw faultsError('RELEASE_INVALID', `${file} of ${context.repository.fullName} has faults`, parsed.faults)
}

async function readFiles({ github, given: { context } }: Door, files: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = { owner: context.repository.owner, name: context.repository.name, files }
  const [answer] = await github.select([selectRepository('contents', wanted)])
  const { parseRepository } = await import('@switchyard/github/operations')
  return parseRepository(answer, wanted)?.files ?? new Map()
}
