import { findRefFault, isJsonObject } from '@switchyard/core'
import { type Finding, type Path, textsAt, valuesAt } from '@switchyard/core/config'
import {
  checkCommands,
  checkConditions,
  checkContents,
  checkDependencies,
  checkLabels,
  checkReceiptPath,
  checkSettings,
  checkText,
} from './action-rules.ts'
import { checkFormLabels } from './form-rules.ts'
import { quote } from './quote.ts'

/** What a shape cannot say of a catalogue: what two places must agree on, and what only a parser of its own can judge. */
export function checkCatalogue(value: unknown): readonly Finding[] {
  const rules = [
    checkTag,
    checkSlugs,
    checkDefaults,
    checkSelectable,
    checkFormLabels,
    checkText,
    checkContents,
    checkReceiptPath,
    checkLabels,
    checkDependencies,
    checkCommands,
    checkSettings,
    checkConditions,
  ]
  return rules.flatMap((rule) => rule(value))
}

function checkTag(value: unknown): readonly Finding[] {
  return textsAt(value, 'template.version').flatMap(({ path, text }): readonly Finding[] => {
    const fault = findTagFault(text)
    if (fault === undefined) return []
    return [
      {
        path,
        code: 'bad-tag',
        message: `${quote(text)} is not a tag’s name: ${fault}.`,
        hint: 'Name a tag of the template, such as `v1.2.0`.',
      },
    ]
  })
}

/** What is wrong with a name as a tag's short name; undefined when it is sound. */
export function findTagFault(tag: string): string | undefined {
  if (tag.startsWith('refs/')) return 'it must be a short name'
  if (tag === 'HEAD') return 'it is `HEAD`'
  if (/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(tag)) return 'it is a commit'
  return findRefFault(tag)
}

function checkSlugs(value: unknown): readonly Finding[] {
  const twice = (what: string, pattern: string, scope: (path: Path) => string): readonly Finding[] => {
    const seen = new Set<string>()
    return textsAt(value, pattern).flatMap(({ path, text }): readonly Finding[] => {
      const key = `${scope(path)} ${text}`
      if (seen.has(key)) {
        return [{ path, code: 'duplicate-slug', message: `The ${what} ${quote(text)} is there twice.`, hint: 'Give each its own slug.' }]
      }
      seen.add(key)
      return []
    })
  }
  const options = twice('option', 'categories.*.options.*.slug', (path) => String(path[1]))
  return [...twice('category', 'categories.*.slug', () => ''), ...options]
}

interface OptionAt {
  readonly path: Path
  readonly option: Readonly<Record<string, unknown>>
}

function optionsByCategory(
  value: unknown,
): readonly { readonly path: Path; readonly category: Readonly<Record<string, unknown>>; readonly options: readonly OptionAt[] }[] {
  return valuesAt(value, 'categories.*').flatMap(({ path, value: category }) => {
    if (!isJsonObject(category) || !Array.isArray(category.options)) return []
    const options = category.options.flatMap((option: unknown, index): OptionAt[] =>
      isJsonObject(option) ? [{ path: [...path, 'options', index], option }] : [],
    )
    return [{ path, category, options }]
  })
}

const isOffered = (option: Readonly<Record<string, unknown>>): boolean => option.enabled !== false && option.archived !== true

function checkDefaults(value: unknown): readonly Finding[] {
  return optionsByCategory(value).flatMap(({ category, options }) => {
    const defaults = options.filter(({ option }) => option.is_default === true)
    const lost = defaults
      .filter(({ option }) => !isOffered(option))
      .map(({ path, option }): Finding => {
        const why = option.archived === true ? 'archived' : 'disabled'
        const message = `The default ${quote(String(option.slug))} is ${why}, so that it cannot be chosen.`
        return { path: [...path, 'is_default'], code: 'default-not-offered', message, hint: 'Make another option the default.' }
      })
    if (category.selection_type !== 'SINGLE') return lost
    const more = defaults.slice(1).map(({ path }): Finding => {
      const message = `${quote(String(category.slug))} takes one option, and ${quote(String(defaults[0]?.option.slug))} is the default already.`
      return { path: [...path, 'is_default'], code: 'several-defaults', message, hint: 'Keep one default, or make the category `MULTI`.' }
    })
    return [...lost, ...more]
  })
}

function checkSelectable(value: unknown): readonly Finding[] {
  return optionsByCategory(value).flatMap(({ path, category, options }): readonly Finding[] => {
    if (category.is_required !== true || options.length === 0 || options.some(({ option }) => isOffered(option))) return []
    const message = `${quote(String(category.slug))} is required, but none of its options can be chosen.`
    return [
      { path: [...path, 'is_required'], code: 'nothing-to-choose', message, hint: 'Enable an option, or make the category optional.' },
    ]
  })
}
