import { isJsonObject } from '@switchyard/core'
import type { Explained, Issue, Path, ShapeWords, YamlDocument } from '@switchyard/core/config'
import { findFormat } from './formats.ts'
import { quote } from './quote.ts'

export type Words = Pick<ShapeWords, 'keys'> & {
  /** What the file's own refinements ask for (`custom`), by the name that the shape gives them as the error. */
  readonly refinements?: Readonly<Record<string, Omit<Explained, 'message'> & { readonly must: string }>>
}

/** What both kinds of file say of texts: formats in their own words, and numbers that should have been text. */
export function wordsOf({ keys, refinements = {} }: Words, document: YamlDocument): ShapeWords {
  return {
    keys,
    explain: (issue, what) => {
      const own = issue.code === 'custom' ? refinements[issue.message] : undefined
      if (own) return { code: own.code, message: `${what} ${own.must}.`, hint: own.hint }
      return explainFormat(issue, { what, document }) ?? explainType(issue, { what, document })
    },
  }
}

interface About {
  readonly what: string
  readonly document: YamlDocument
}

function explainFormat(issue: Issue, { what, document }: About): Explained | undefined {
  if (issue.code !== 'invalid_format') return undefined
  const format = findFormat(issue.message)
  if (!format) return undefined
  const text = valueAt(document.value, issue.path)
  const exact = typeof text === 'string' ? format.find?.(text) : undefined
  return { code: format.code, message: `${what} ${format.must}${exact === undefined ? '' : `: ${exact}`}.`, hint: format.hint }
}

/** YAML reads `1.10` as the number 1.1 and `true` as a truth value: what was written is lost unless it stands in quotes. */
function explainType(issue: Issue, { what, document }: About): Explained | undefined {
  if (issue.code !== 'invalid_type' || issue.expected !== 'string') return undefined
  const value = valueAt(document.value, issue.path)
  const written = document.sourceOf(issue.path)
  if (written === undefined || written === '' || (typeof value !== 'number' && typeof value !== 'boolean')) return undefined
  const kind = typeof value === 'number' ? `the number ${value}` : `the truth value ${value}`
  const message = `${what} must be text, but ${quote(written)} is ${kind} in YAML.`
  return { code: 'needs-quotes', message, hint: `Put it in quotes: \`"${written.slice(0, 100)}"\`.` }
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((holder, step) => {
    if (Array.isArray(holder)) return typeof step === 'number' ? holder[step] : undefined
    return isJsonObject(holder) && Object.hasOwn(holder, step) ? holder[String(step)] : undefined
  }, value)
}
