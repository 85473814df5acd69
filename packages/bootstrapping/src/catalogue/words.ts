import { isJsonObject } from '@switchyard/core'
import type { Explained, Issue, Path, ShapeWords, YamlDocument } from '@switchyard/core/config'
import { actionKeys, actionParams, isActionKind } from './action-shapes.ts'
import { hintFor } from './condition-names.ts'
import { FORMATS, type Format, isFormatName } from './formats.ts'
import { MAX_CONTENT_BYTES } from './limits.ts'
import { quote } from './quote.ts'
import { catalogueShape, categoryKeys, optionKeys } from './shape.ts'

const ACTIONS = 'categories.options.actions'

/** What `catalog.yml` says of its own shape at one finding; which params an action may have depends on its kind. */
export function catalogueWords(document: YamlDocument, issue: Issue): ShapeWords {
  return {
    keys: {
      '': Object.keys(catalogueShape.shape),
      template: ['repository', 'version'],
      categories: categoryKeys,
      'categories.options': optionKeys,
      [ACTIONS]: actionKeys,
      ...paramKeys(issue.path, document.value),
    },
    explain: (found, what) => explainAction(found, document.value) ?? explainFormat(found, { what, value: document.value }),
  }
}

/** Words for a text that breaks its format; other files with these formats use them too. */
export function explainFormat(issue: Issue, { what, value }: { readonly what: string; readonly value: unknown }): Explained | undefined {
  if (issue.code !== 'invalid_format' || !isFormatName(issue.message)) return undefined
  const format: Format = FORMATS[issue.message]
  const text = valueAt(value, issue.path)
  const exact = typeof text === 'string' ? format.find?.(text) : undefined
  return { code: format.code, message: `${what} ${format.must}${exact === undefined ? '' : `: ${exact}`}.`, hint: format.hint }
}

function explainAction(issue: Issue, value: unknown): Explained | undefined {
  const { path, code } = issue
  if (code === 'too_big' && issue.origin === 'string' && path.at(-1) === 'content') {
    return {
      code: 'CONTENT_TOO_LARGE',
      message: `The content is longer than ${MAX_CONTENT_BYTES} bytes.`,
      hint: 'Put it into the template, and copy it.',
    }
  }
  if (code !== 'invalid_union' || path.at(-1) !== 'kind') return undefined
  const kind = valueAt(value, path)
  if (kind === undefined) return { code: 'missing-key', message: 'The action needs `kind`.', hint: 'Add `kind:` here.' }
  const name = typeof kind === 'string' ? kind : ''
  const message = `There is no action of the kind ${name === '' ? 'that stands here' : quote(name)}.`
  return { code: 'unknown-value', message, hint: hintFor(name, Object.keys(actionParams)) }
}

function paramKeys(path: Path, value: unknown): Record<string, readonly string[]> {
  const at = path.indexOf('params')
  if (at < 0) return {}
  const kind = valueAt(value, [...path.slice(0, at), 'kind'])
  if (!isActionKind(kind)) return {}
  return {
    [`${ACTIONS}.params`]: Object.keys(actionParams[kind].shape),
    [`${ACTIONS}.params.labels`]: ['name', 'color', 'description'],
    [`${ACTIONS}.params.targets`]: ['workflow', 'refs', 'inputs'],
  }
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((holder, step) => {
    if (Array.isArray(holder)) return typeof step === 'number' ? holder[step] : undefined
    return isJsonObject(holder) && Object.hasOwn(holder, step) ? holder[String(step)] : undefined
  }, value)
}
