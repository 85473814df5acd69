import { type Fault, findSafePathFault, isJsonObject, type Place } from '@switchyard/core'
import { type Path, placesIn, valuesAt, type YamlDocument } from '@switchyard/core/config'
import { RELEASE_FOLDER } from '../files/folders.ts'
import { MAX_CONTENT_BYTES, MAX_CONTENTS_BYTES } from '../files/limits.ts'
import { quote } from '../files/quote.ts'
import { byteLength, findUnsound } from '../files/sound-content.ts'
import { CATEGORIES } from '../model.ts'

/** Gives the text of a file by its path in the repository; undefined: there is none. */
export type ReadContent = (path: string) => string | undefined

/** Every sound path that the steps name, as a path of the repository, each once, in the file's order. */
export function contentFilesOf(value: unknown): readonly string[] {
  return [...new Set(stepsOf(value).flatMap(({ step: { file } }) => (isSound(file) ? [repositoryPath(file)] : [])))]
}

export function repositoryPath(file: string): string {
  return `${RELEASE_FOLDER}/${file}`
}

/** What is wrong with the contents of steps, in the file and in the files that it names. */
export function checkContents(document: YamlDocument, readContent: ReadContent): readonly Fault[] {
  const found = stepsOf(document.value).map((each) => findContent(each, { document, readContent }))
  const bytes = found.reduce((sum, each) => sum + ('text' in each ? byteLength(each.text) : 0), 0)
  const faults = found.flatMap((each) => ('text' in each ? contentFaults(each) : each.faults))
  if (bytes <= MAX_CONTENTS_BYTES) return faults
  const message = `All contents together have ${bytes} bytes; ${MAX_CONTENTS_BYTES} are allowed.`
  const hint = 'Keep long ones in the repository, and let the steps call them.'
  return [...faults, { code: 'contents-too-large', message, hint, place: document.keyPlaceOf(['steps']), severity: 'error' }]
}

interface StepAt {
  readonly path: Path
  readonly step: Readonly<Record<string, unknown>>
}

function stepsOf(value: unknown): readonly StepAt[] {
  return CATEGORIES.flatMap((category) => valuesAt(value, `steps.${category}.*`)).flatMap(({ path, value: step }) =>
    isJsonObject(step) ? [{ path, step }] : [],
  )
}

function isSound(file: unknown): file is string {
  return typeof file === 'string' && findSafePathFault(file) === undefined
}

interface Content {
  readonly text: string
  readonly isShell: boolean
  /** Of a character of the text, by its offset. */
  placeAt(offset: number): Place
}

interface Sources {
  readonly document: YamlDocument
  readonly readContent: ReadContent
}

/** What the shape refuses already has no faults here. */
function findContent({ path, step }: StepAt, { document, readContent }: Sources): Content | { readonly faults: readonly Fault[] } {
  const { content, file, type } = step
  const isShell = type === 'bash'
  if (typeof content === 'string' && content !== '' && content.length <= MAX_CONTENT_BYTES) {
    return { text: content, isShell, placeAt: (offset) => document.placeInText([...path, 'content'], offset) }
  }
  if (content !== undefined || !isSound(file)) return { faults: [] }
  const text = readContent(repositoryPath(file))
  if (text === undefined) return { faults: [missingFile(file, document.placeOf([...path, 'file']))] }
  return { text, isShell, placeAt: placesIn(text, repositoryPath(file)) }
}

function missingFile(file: string, place: Place): Fault {
  const isFromRoot = file.startsWith(`${RELEASE_FOLDER}/`)
  const hint = isFromRoot ? 'Leave `release/` out: files are looked up there.' : 'Add the file, or write the `content` here.'
  return { code: 'missing-file', message: `There is no file ${quote(repositoryPath(file))}.`, hint, place, severity: 'error' }
}

function contentFaults({ placeAt, ...content }: Content): readonly Fault[] {
  const found = findUnsound(content)
  if (found === undefined) return []
  const { offset = 0, ...said } = found
  return [{ ...said, place: placeAt(offset), severity: 'error' }]
}
