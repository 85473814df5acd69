import { findPatternFault, findRefFault, isJsonObject } from '@switchyard/core'
import { type Finding, type Path, textsAt } from '@switchyard/core/config'
import { RECEIPT_PATH } from '../request/request.ts'
import { COMMAND_NAMES, type CommandName, parseCommand } from './command.ts'
import { findConditionFaults, type KnownOptions } from './condition-names.ts'
import { findPackageNameFault, isRegistryRange } from './dependency.ts'
import { MAX_CONTENT_BYTES, MAX_FAULTS } from './limits.ts'
import { quote } from './quote.ts'
import { valueAt } from './words.ts'

const ACTIONS = 'categories.*.options.*.actions.*'
const encoder = new TextEncoder()

interface ParamsAt {
  readonly path: Path
  readonly params: Readonly<Record<string, unknown>>
}

/** The params of every action of a kind, whatever else is wrong with it. */
function paramsOf(value: unknown, kind: string): readonly ParamsAt[] {
  return textsAt(value, `${ACTIONS}.kind`)
    .filter(({ text }) => text === kind)
    .flatMap(({ path }) => {
      const action = valueAt(value, path.slice(0, -1))
      const params = isJsonObject(action) ? action.params : undefined
      return isJsonObject(params) ? [{ path: [...path.slice(0, -1), 'params'], params }] : []
    })
}

export function checkContents(value: unknown): readonly Finding[] {
  const sizes = textsAt(value, `${ACTIONS}.params.content`).flatMap(({ path, text }): readonly Finding[] => {
    // A text of more units than bytes allowed is the shape's to refuse.
    if (text.length > MAX_CONTENT_BYTES || encoder.encode(text).length <= MAX_CONTENT_BYTES) return []
    const hint = 'Put it into the template, and copy it.'
    return [{ path, code: 'CONTENT_TOO_LARGE', message: `The content is longer than ${MAX_CONTENT_BYTES} bytes.`, hint }]
  })
  const markers = paramsOf(value, 'APPEND_TO_FILE').flatMap(({ path, params: { content, marker } }): readonly Finding[] => {
    if (typeof content !== 'string' || typeof marker !== 'string' || marker === '' || content.includes(marker)) return []
    const message = 'The content does not contain its marker, so that it would be appended again and again.'
    return [{ path: [...path, 'marker'], code: 'marker-not-in-content', message, hint: 'Choose a marker from the content.' }]
  })
  return [...sizes, ...markers]
}

/** The receipt is written last, in place of whatever an action put there. */
export function checkReceiptPath(value: unknown): readonly Finding[] {
  return ['path', 'file', 'dest'].flatMap((name) =>
    textsAt(value, `${ACTIONS}.params.${name}`).flatMap(({ path, text }): readonly Finding[] => {
      const isDeletion = valueAt(value, [...path.slice(0, -2), 'kind']) === 'DELETE_FILE'
      if (isDeletion || text.toLowerCase() !== RECEIPT_PATH) return []
      const message = `The receipt is written to \`${RECEIPT_PATH}\`: what an action puts there is lost.`
      return [{ path, code: 'receipt-path', message, hint: 'Choose another path.' }]
    }),
  )
}

/** Half a character cannot be written to a file: what is read back would be another text. */
export function checkText(value: unknown): readonly Finding[] {
  const texts = ['*', '*.*', '*.*.*'].flatMap((below) => textsAt(value, `${ACTIONS}.params.${below}`))
  return texts.flatMap(({ path, text }): readonly Finding[] => {
    if (text.isWellFormed()) return []
    return [
      { path, code: 'broken-text', message: 'The text holds half a character (a lone surrogate).', hint: 'Write the character itself.' },
    ]
  })
}

/** GitHub knows labels whatever their case, and refuses the second of a name. */
export function checkLabels(value: unknown): readonly Finding[] {
  const seen = new Set<string>()
  return textsAt(value, `${ACTIONS}.params.labels.*.name`).flatMap(({ path, text }): readonly Finding[] => {
    const key = JSON.stringify([...path.slice(0, 6), text.toLowerCase()])
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    return [{ path, code: 'duplicate-label', message: `The label ${quote(text)} is there twice.`, hint: 'Delete one of the two.' }]
  })
}

export function checkDependencies(value: unknown): readonly Finding[] {
  return paramsOf(value, 'ADD_DEPENDENCY').flatMap(({ path, params: { name, version } }) => {
    const found: Finding[] = []
    const fault = typeof name === 'string' && name !== '' ? findPackageNameFault(name) : undefined
    if (fault !== undefined) {
      found.push({
        path: [...path, 'name'],
        code: 'bad-package-name',
        message: `${quote(String(name))} is no package’s name: ${fault}.`,
        hint: 'Write it as npm does.',
      })
    }
    if (typeof version === 'string' && version !== '' && !isRegistryRange(version)) {
      const message = `${quote(version)} is neither a version nor a range.`
      const hint = 'Write one such as `^4.2.0`; tags, addresses, files and aliases are not allowed.'
      found.push({ path: [...path, 'version'], code: 'bad-version-range', message, hint })
    }
    return found
  })
}

export function checkCommands(value: unknown): readonly Finding[] {
  const narrowed = isJsonObject(value) && Array.isArray(value.allowed_commands) ? value.allowed_commands : COMMAND_NAMES
  const allowed = narrowed.filter((name): name is CommandName => COMMAND_NAMES.some((known) => known === name))
  return paramsOf(value, 'RUN_BASH_TEMPLATE').flatMap(({ path, params: { command } }): readonly Finding[] => {
    if (typeof command !== 'string' || command === '') return []
    const parsed = parseCommand(command, allowed)
    return parsed.ok ? [] : [{ ...parsed.fault, path: [...path, 'command'] }]
  })
}

export function checkSettings(value: unknown): readonly Finding[] {
  const branches = paramsOf(value, 'PROTECT_BRANCH').flatMap(({ path, params: { branch } }): readonly Finding[] => {
    if (typeof branch !== 'string' || branch === '') return []
    const fault = branch.startsWith('refs/') ? 'it must be a short name' : findRefFault(branch)
    if (fault === undefined) return []
    return [
      {
        path: [...path, 'branch'],
        code: 'bad-branch',
        message: `${quote(branch)} is not a branch’s name: ${fault}.`,
        hint: 'Name one branch, such as `main`.',
      },
    ]
  })
  const patterns = [`${ACTIONS}.params.branches.*`, `${ACTIONS}.params.targets.*.refs.*`].flatMap((at) =>
    textsAt(value, at).flatMap(({ path, text }): readonly Finding[] => {
      const fault = findPatternFault(text)
      const hint = 'See GitHub’s filter pattern cheat sheet.'
      return fault === undefined ? [] : [{ path, code: 'bad-pattern', message: `${quote(text)} is not a pattern: ${fault}.`, hint }]
    }),
  )
  return [...branches, ...patterns]
}

export function checkConditions(value: unknown): readonly Finding[] {
  const known = knownOptions(value)
  const found: Finding[] = []
  for (const { path, text } of textsAt(value, `${ACTIONS}.if`)) {
    // What nobody will be told is not looked for: each search for a near name costs time.
    if (found.length >= MAX_FAULTS) break
    for (const fault of findConditionFaults(text, known)) found.push({ ...fault, path, code: 'bad-expression' })
  }
  return found
}

function knownOptions(value: unknown): KnownOptions {
  const bySlug = new Map<string, string[]>()
  const byIndex = new Map<PropertyKey | undefined, string[]>()
  for (const { path, text } of textsAt(value, 'categories.*.slug')) {
    const options: string[] = []
    bySlug.set(text, options)
    byIndex.set(path[1], options)
  }
  for (const { path, text } of textsAt(value, 'categories.*.options.*.slug')) byIndex.get(path[1])?.push(text)
  return bySlug
}
