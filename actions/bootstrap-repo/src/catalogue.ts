import { type BootstrapRequest, isReceipt, type Receipt } from '@switchyard/bootstrapping'
import type { ParsedCatalogue } from '@switchyard/bootstrapping/catalogue'
import { UserError } from '@switchyard/core'
import type { RepositoryFacts } from '@switchyard/github/operations'
import type { Door } from './door.ts'

export type Catalogue = Extract<ParsedCatalogue, { ok: true }>['catalogue']

/** Today's catalogue. @throws {UserError} `CATALOG_NOT_FOUND`, `CATALOG_UNREADABLE`, `CATALOG_INVALID` with every fault. */
export async function readCatalogue({ given: { inputs, context } }: Door, control: RepositoryFacts): Promise<Catalogue> {
  const file = inputs.catalogPath
  const text = control.files.get(file)
  if (text === undefined) {
    const why = control.unreadable.get(file)
    if (why !== undefined) throw new UserError('CATALOG_UNREADABLE', `${file} of ${context.repository.fullName} cannot be read: ${why}.`, { hint: 'Keep the catalogue small, and in UTF-8.' })
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
  const [first] = parsed.faults
  throw new UserError('CATALOG_INVALID', `${file} has ${parsed.faults.length === 1 ? 'a fault' : `${parsed.faults.length} faults`}: ${first?.message ?? ''}`, {
    faults: parsed.faults,
    ...(first?.place === undefined ? {} : { place: first.place }),
    ...(first?.hint === undefined ? {} : { hint: first.hint }),
  })
}

/** How many versions of the catalogue are looked at, newest first. */
const MAX_VERSIONS = 100

/**
 * The catalogue that a request means: a receipt's is the one it names, which its file's history keeps.
 *
 * @throws {UserError} `CATALOG_CHANGED` when no version of the file is it.
 */
export async function catalogueFor(door: Door, { request, today }: { readonly request: BootstrapRequest; readonly today: Catalogue }): Promise<Catalogue> {
  if (!isReceipt(request)) return today
  const { catalogVersion } = await import('@switchyard/bootstrapping/catalogue')
  const found = catalogVersion(today) === request.catalog_version ? today : await findVersion(door, request)
  if (found === undefined) throw changed(door, request)
  // The receipt names its template itself.
  return { ...found, template: { repository: request.template_repo, version: request.template_version } }
}

async function findVersion({ github, given: { inputs, context } }: Door, receipt: Receipt): Promise<Catalogue | undefined> {
  const [{ readFileVersions }, { catalogVersion, parseCatalogue }] = await Promise.all([import('@switchyard/github/operations'), import('@switchyard/bootstrapping/catalogue')])
  const versions = await readFileVersions(github, context.repository, { path: inputs.catalogPath, limit: MAX_VERSIONS })
  for (const text of versions) {
    const parsed = parseCatalogue(text, { file: inputs.catalogPath })
    if (parsed.ok && catalogVersion(parsed.catalogue) === receipt.catalog_version) return parsed.catalogue
  }
  return undefined
}

function changed({ given: { inputs } }: Door, { catalog_version }: Receipt): UserError {
  return new UserError('CATALOG_CHANGED', `No version of ${inputs.catalogPath} has the catalogue version ${catalog_version.slice(0, 12)} that the receipt names.`, {
    hint: 'Delete the receipt’s keys from the request, so that today’s catalogue is used, and look at a new preview.',
  })
}
