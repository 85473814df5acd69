import type { Expr } from '@actions/expressions'
import { Binary, ContextAccess, FunctionCall, Grouping, IndexAccess, Literal, Logical, Unary } from '@actions/expressions/ast'
import { findNearest } from '@switchyard/core'
import { type ConditionFault, parseCondition } from './condition.ts'
import { quote } from './quote.ts'

const REPO_FIELDS = ['owner', 'name', 'visibility']

/** Slugs of a catalogue's categories with those of their options. */
export type KnownOptions = ReadonlyMap<string, readonly string[]>

/** Everything wrong with an `if` that can be seen without evaluating it: syntax, and names that the catalogue does not have. */
export function findConditionFaults(text: string, known: KnownOptions): readonly ConditionFault[] {
  const parsed = parseCondition(text)
  if (!parsed.ok) return [parsed.fault]
  return findUnknown(parsed.expression, known).map((fault) => ({ ...fault, offset: fault.offset + parsed.shift }))
}

function findUnknown(expression: Expr, known: KnownOptions): readonly ConditionFault[] {
  const inner = partsOf(expression).flatMap((part) => findUnknown(part, known))
  const field = fieldOf(expression)
  if (field) {
    const names = field.context === 'repo' ? REPO_FIELDS : [...known.keys()]
    if (names.includes(field.name.toLowerCase())) return inner
    const what = field.context === 'repo' ? `\`repo\` has no field ${quote(field.name)}.` : `There is no category ${quote(field.name)}.`
    return [{ offset: field.offset, message: what, hint: hintFor(field.name, names) }, ...inner]
  }
  return [...findUnknownOption(expression, known), ...inner]
}

/** `contains(selections.auth, 'x')` with an `x` that the category does not have would silently never hold. */
function findUnknownOption(expression: Expr, known: KnownOptions): readonly ConditionFault[] {
  if (!(expression instanceof FunctionCall) || expression.functionName.lexeme.toLowerCase() !== 'contains') return []
  const [list, wanted] = expression.args
  const field = list && fieldOf(list)
  const options = field?.context === 'selections' ? known.get(field.name.toLowerCase()) : undefined
  if (!options || !field || !(wanted instanceof Literal)) return []
  const option = wanted.literal.coerceString()
  if (options.includes(option.toLowerCase())) return []
  const message = `The category ${quote(field.name)} has no option ${quote(option)}.`
  return [{ offset: wanted.token.range.start.column, message, hint: hintFor(option, options) }]
}

interface Field {
  readonly context: string
  readonly name: string
  readonly offset: number
}

function fieldOf(expression: Expr): Field | undefined {
  if (!(expression instanceof IndexAccess) || !(expression.expr instanceof ContextAccess) || !(expression.index instanceof Literal)) {
    return undefined
  }
  const { literal, token } = expression.index
  return { context: expression.expr.name.lexeme.toLowerCase(), name: literal.coerceString(), offset: token.range.start.column }
}

function partsOf(expression: Expr): readonly Expr[] {
  if (expression instanceof FunctionCall || expression instanceof Logical) return expression.args
  if (expression instanceof IndexAccess) return [expression.expr, expression.index]
  if (expression instanceof Binary) return [expression.left, expression.right]
  if (expression instanceof Unary) return [expression.expr]
  if (expression instanceof Grouping) return [expression.group]
  return []
}

/** Names that a misspelt one is compared with: it takes time, and more would be no help to anybody. */
const MAX_COMPARED = 200

export function hintFor(word: string, known: readonly string[]): string {
  const near = findNearest(word, known.slice(0, MAX_COMPARED))
  if (near !== undefined) return `Did you mean \`${near}\`?`
  const shown = known
    .slice(0, 20)
    .map((name) => `\`${name}\``)
    .join(', ')
  return known.length === 0
    ? 'There is none.'
    : `There ${known.length === 1 ? 'is' : 'are'} ${shown}${known.length > 20 ? ' and others' : ''}.`
}
