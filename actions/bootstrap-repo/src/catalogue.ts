import { type BootstrapRequest, isReceipt, type Receipt } from '@switchyard/bootstrapping'
import type { catalogVersion, parseCatalogue, ParsedCatalogue } from '@switchyard/bootstrapping/catalogue'
import { faultsError, UserError } from '@switchyard/core'
import type { RepositoryFacts } from '@switchyard/github/operations'
import type { Door } from './door.ts'

export type Catalogue = Extract<ParsedCatalogue, { ok: true }>['catalogue']

/** Today's catalogue. @throws {UserError} `CATALOG_NOT_FOUND`, `CATALOG_UNREADABLE`, `CATALOG_INVALID` with every fault. */
export async function readCatalogue({ given: { inputs, context } }: Door, control: RepositoryFacts): Promise<Catalogue> {
  const file = inputs.catalogPath
  const text = control.files.get(file)
  if (text === undefined) {
    const why = control.unreadable.get(file)
    if (why !== undefined) {
      throw new UserError('CATALOG_UNREADABLE', `${file} of ${context.repository.fullName} cannot be read: ${why}.`, {
        hint: 'Keep the catalogue small, and in UTF-8.',
      })
    }
    throw new UserError('CATALOG_NOT_FOUND', `${context.repository.fullName} has no ${file} in its default branch.`, {
      hint: 'Write a catalogue there, or name another by `catalog-path`.',
    })
  }
  return parse(text, file)
}

async function parse(text: string, file: string): Promise<Catalogue> {
  const { parseCatalogue } = await import('@switchyard/bootstrapping/catalogue')
  const parsed = parseCatalogue(text, { file })
  if (parsed.ok) return parsed.catalogue
  const { length } = parsed.faults
  throw faultsError('CATALOG_INVALID', `${file} has ${length === 1 ? 'a fault' : `${length} faults`}`, parsed.faults)
}

/** How many versions of the catalogue are looked at, newest first. */
const MAX_VERSIONS = 100

/** Versions of the catalogue that were, by what receipts call them. */
export interface CatalogueHistory {
  find(version: string): Promise<Catalogue | undefined>
}

/** Read when it is first asked, and once: many repositories ask for the same few versions. */
export function createCatalogueHistory({ github, given: { inputs, context } }: Door): CatalogueHistory {
  const path = inputs.catalogPath
  const known = new Map<string, Catalogue>()
  const read = async (): Promise<Generator<[string, Catalogue], undefined>> => {
    const [{ readFileVersions }, { catalogVersion, parseCatalogue }] = await Promise.all([
      import('@switchyard/github/operations'),
      import('@switchyard/bootstrapping/catalogue'),
    ])
    return parseVersions(await readFileVersions(github, context.repository, { path, limit: MAX_VERSIONS }), {
      file: path,
      catalogVersion,
      parseCatalogue,
    })
  }
  let reading: ReturnType<typeof read> | undefined
  return {
    async find(version) {
      reading ??= read()
      const older = await reading
      while (!known.has(version)) {
        const next = older.next()
        if (next.done) return undefined
        known.set(...next.value)
      }
      return known.get(version)
    },
  }
}

interface Parsing {
  readonly file: string
  readonly catalogVersion: typeof catalogVersion
  readonly parseCatalogue: typeof parseCatalogue
}

/** As they are asked for: what is looked for is mostly among the newest. */
function* parseVersions(texts: readonly string[], parsing: Parsing): Generator<[string, Catalogue], undefined> {
  for (const text of texts) {
    const parsed = parsing.parseCatalogue(text, { file: parsing.file })
    if (parsed.ok) yield [parsing.catalogVersion(parsed.catalogue), parsed.catalogue]
  }
}

export interface CatalogueQuestion {
  readonly request: BootstrapRequest
  readonly today: Catalogue
  readonly history?: CatalogueHistory
}

/**
 * The catalogue that a request means: a receipt's is the one it names, which its file's history keeps.
 *
 * @throws {UserError} `CATALOG_CHANGED` when no version of the file is it.
 */
export async function catalogueFor(
  door: Door,
  { request, today, history = createCatalogueHistory(door) }: CatalogueQuestion,
): Promise<Catalogue> {
  if (!isReceipt(request)) return today
  const { catalogVersion } = await import('@switchyard/bootstrapping/catalogue')
  const found = catalogVersion(today) === request.catalog_version ? today : await history.find(request.catalog_version)
  if (found === undefined) throw changed(door, request)
  // The receipt names its template itself.
  return { ...found, template: { repository: request.template_repo, version: request.template_version } }
}

function changed({ given: { inputs } }: Door, { catalog_version }: Receipt): UserError {
  return new UserError(
    'CATALOG_CHANGED',
    `No version of ${inputs.catalogPath} has the catalogue version ${catalog_version.slice(0, 12)} that the receipt names.`,
    {
      hint: 'Delete the receipt’s keys from the request, so that today’s catalogue is used, and look at a new preview.',
    },
  )
}
