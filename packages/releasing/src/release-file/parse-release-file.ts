import { byPlace, type Fault, findRefFault, isJsonObject, type Place } from '@switchyard/core'
import { parseYamlDocument, textsAt } from '@switchyard/core/config'
import { MAX_FAULTS, MAX_RELEASE_FILE_LENGTH } from '../files/limits.ts'
import { type FileKind, parseShape } from '../files/parse-shape.ts'
import { quote } from '../files/quote.ts'
import { CATEGORIES, type ReleaseFile, type TemplateStep } from '../model.ts'
import { metadataRecord } from '../release/records/parts.ts'
import { checkContents, contentFilesOf, type ReadContent, repositoryPath } from './contents.ts'
import { checkReleaseFile, findCrowd } from './rules.ts'
import { type ReleaseFileShape, releaseFileShape, releaseFileWords, type StepShape } from './shape.ts'
import { findSlugFault } from './slug.ts'

export type ParsedReleaseFile =
  | { readonly ok: true; readonly release: ReleaseFile; readonly warnings: readonly Fault[] }
  | { readonly ok: false; readonly faults: readonly Fault[] }

export interface ReleaseFileSource {
  /** The path that faults name. */
  readonly file: string
  /** The file's name without its ending. */
  readonly slug: string
  /** Gives the contents that steps name by `file`; `findContentFiles` says which are asked for. Left out: there are none. */
  readonly readContent?: ReadContent
}

const KIND: FileKind<typeof releaseFileShape> = {
  begin: 'Start with `name:`, `type:` and `steps:`.',
  maxLength: MAX_RELEASE_FILE_LENGTH,
  shape: releaseFileShape,
  words: releaseFileWords,
  findCrowd,
  check: checkReleaseFile,
}

/**
 * Reads the text of `release/releases/<slug>.yml` with the contents that it names. Never throws; everything wrong is told at once, up to
 * `MAX_FAULTS`, each fault at its place: in the file itself, or in the file of a content. A file with more than `MAX_STEPS` steps is
 * refused before anything else is looked at.
 */
export function parseReleaseFile(text: string, { file, slug, readContent = () => undefined }: ReleaseFileSource): ParsedReleaseFile {
  const parsed = parseShape(text, { kind: KIND, file })
  const contents = parsed.document ? checkContents(parsed.document, readContent) : []
  const faults = [...slugFaults(slug, file), ...(parsed.ok ? [] : parsed.faults), ...contents]
  if (!parsed.ok || faults.length > 0) return { ok: false, faults: inOrder(faults, file).slice(0, MAX_FAULTS) }
  return { ok: true, release: normalise(parsed.data, { slug, readContent }), warnings: parsed.warnings }
}

/**
 * The files that hold contents of the steps, as paths of the repository, each once. Of a text that is no release's file, or whose
 * paths are unsafe, only what can be read: `parseReleaseFile` says what is wrong.
 */
export function findContentFiles(text: string): readonly string[] {
  const yaml = parseYamlDocument(text, { file: '', begin: KIND.begin, maxLength: MAX_RELEASE_FILE_LENGTH })
  return !yaml.ok || findCrowd(yaml.document.value) ? [] : contentFilesOf(yaml.document.value)
}

/** Where each step begins in a release's file, by its id; of a text that is no release's file, what can be read. */
export function findStepPlaces(text: string, file: string): ReadonlyMap<string, Place> {
  const yaml = parseYamlDocument(text, { file, begin: KIND.begin, maxLength: MAX_RELEASE_FILE_LENGTH })
  if (!yaml.ok) return new Map()
  const { document } = yaml
  const ids = CATEGORIES.flatMap((category) => textsAt(document.value, `steps.${category}.*.id`))
  return new Map(ids.map(({ path, text: id }) => [id, document.placeOf(path.slice(0, -1))]))
}

/** The commit, branch or tag that a release's file names, with its place; undefined where it names none. */
export function findRef(text: string, file: string): { readonly ref: string; readonly place: Place } | undefined {
  const yaml = parseYamlDocument(text, { file, begin: KIND.begin, maxLength: MAX_RELEASE_FILE_LENGTH })
  const ref = yaml.ok && isJsonObject(yaml.document.value) ? yaml.document.value['ref'] : undefined
  return yaml.ok && typeof ref === 'string' && findRefFault(ref) === undefined ? { ref, place: yaml.document.placeOf(['ref']) } : undefined
}

function slugFaults(slug: string, file: string): readonly Fault[] {
  const fault = findSlugFault(slug)
  if (fault === undefined) return []
  const message = `${quote(slug)} is no name for a release: ${fault}.`
  const hint = 'Rename the file: lower-case letters, digits, dots and dashes, such as `2026-11.yml`.'
  return [{ code: 'bad-slug', message, hint, place: { file, line: 1, column: 1 }, severity: 'error' }]
}

/** What is wrong with the release's file first, then with the files of contents, each from top to end. */
function inOrder(faults: readonly Fault[], file: string): readonly Fault[] {
  const own = faults.filter(({ place }) => place?.file === file)
  const others = faults.filter(({ place }) => place?.file !== file)
  return [...own.sort(byPlace), ...others]
}

type Around = Required<Pick<ReleaseFileSource, 'slug' | 'readContent'>>

function normalise(shape: ReleaseFileShape, { slug, readContent }: Around): ReleaseFile {
  const toStep = ({ content, file, ...step }: StepShape): Omit<TemplateStep, 'category'> => ({
    ...step,
    content: content ?? readContent(repositoryPath(file ?? '')) ?? '',
  })
  return {
    slug,
    name: shape.name,
    type: shape.type,
    versionNumber: shape.version_number ?? '',
    releaseDate: shape.release_date,
    description: shape.description,
    metadata: metadataRecord.parse(shape.metadata ?? {}),
    ref: shape.ref,
    steps: CATEGORIES.flatMap((category) => shape.steps[category].map((step) => ({ ...toStep(step), category }))),
  }
}
