import { isJsonObject } from '@switchyard/core'
import { type Finding, type Path, valuesAt } from '@switchyard/core/config'
import { quote } from './quote.ts'
import { FORM_LABELS } from '../request/issue-form-sections.ts'

/** Warns of labels that an issue form cannot tell apart: answers are matched by label, whatever its case. */
export function checkFormLabels(value: unknown): readonly Finding[] {
  const categories = findTwins(value, 'categories.*', { taken: Object.values(FORM_LABELS), scope: () => '' })
  return [...categories, ...findTwins(value, 'categories.*.options.*', { taken: [], scope: (path) => String(path[1]) })]
}

interface Twins {
  readonly taken: readonly string[]
  /** Within what labels must differ. */
  readonly scope: (path: Path) => string
}

function findTwins(value: unknown, pattern: string, { taken, scope }: Twins): readonly Finding[] {
  const seen = new Set(taken.map((label) => ` ${label.toLowerCase()}`))
  return valuesAt(value, pattern).flatMap(({ path, value: holder }): readonly Finding[] => {
    if (!isJsonObject(holder)) return []
    const label = holder.label ?? holder.slug
    if (typeof label !== 'string') return []
    const key = `${scope(path)} ${label.toLowerCase()}`
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    const message = `The label ${quote(label)} is taken: an issue form cannot tell the two apart.`
    return [{ path: [...path, 'label'], code: 'same-label', message, hint: 'Give each its own label.', warning: true }]
  })
}
