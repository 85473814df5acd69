import { UserError } from '@switchyard/core'
import { toExpressionData } from '@switchyard/local-github/runner'
import { Evaluator, ExpressionError, Lexer, Parser, data } from '@actions/expressions'
import type { Template } from '../workflow/template.ts'
import { fromExpressionData } from './expression-data.ts'
import { splitExpressions } from './parts.ts'

/** Context names (`github`, `runner`, …) to their values, as plain JSON. */
export type Contexts = Readonly<Record<string, unknown>>

/** What `success()`, `failure()` and `cancelled()` say to whoever is being decided about. */
export interface Status {
  readonly success: boolean
  readonly failure: boolean
  readonly cancelled: boolean
}

export const succeeded: Status = { success: true, failure: false, cancelled: false }

/** What an expression can see. */
export interface Scope {
  readonly contexts: Contexts
  readonly status?: Status
  /** Where files stand; without it `hashFiles` is not there. */
  readonly hashFiles?: (patterns: readonly string[]) => string
}

/**
 * Replaces every `${{ … }}` of a text by its value.
 *
 * @throws UserError if one does not evaluate.
 */
export function evaluateText(text: string, scope: Scope): string {
  const parts = splitExpressions(text)
  return parts.map((part) => (part.kind === 'text' ? part.text : evaluate(part.text, scope).coerceString())).join('')
}

/** What a template comes to as plain JSON; a text that is one expression and nothing else keeps the expression's type. */
export function evaluateTemplate(template: Template, scope: Scope): unknown {
  switch (template.kind) {
    case 'literal':
      return template.value
    case 'expression': {
      const [only, ...others] = splitExpressions(template.text)
      if (only?.kind === 'expression' && others.length === 0) return fromExpressionData(evaluate(only.text, scope))
      return evaluateText(template.text, scope)
    }
    case 'sequence':
      return template.items.map((item) => evaluateTemplate(item, scope))
    case 'mapping':
      return Object.fromEntries(template.entries.map(({ key, value }) => [key, evaluateTemplate(value, scope)]))
    default:
      return template satisfies never
  }
}

/** Whether an `if` holds. One that names no status function is joined with `success()`, as on GitHub. */
export function evaluateCondition(condition: string, scope: Scope): boolean {
  const expression = toExpression(condition.trim())
  const names = expression.replaceAll(/'(?:[^']|'')*'/g, "''")
  const asksStatus = /\b(always|success|failure|cancelled)\s*\(/i.test(names)
  const full = expression === '' ? 'success()' : asksStatus ? expression : `success() && (${expression})`
  return isTruthy(evaluate(full, scope))
}

/** A condition as one expression: braces around all of it may be left out; text beside them makes it a text, which is true. */
function toExpression(condition: string): string {
  const parts = splitExpressions(condition)
  if (parts.every((part) => part.kind === 'text')) return condition
  const [only, ...others] = parts
  if (only !== undefined && others.length === 0) return only.text
  const expressions = parts.filter((part) => part.kind === 'expression')
  const quote = (text: string): string => text.replaceAll("'", "''").replaceAll('{', '{{').replaceAll('}', '}}')
  const format = parts.map((part) => (part.kind === 'text' ? quote(part.text) : `{${expressions.indexOf(part)}}`)).join('')
  return `format('${format}', ${expressions.map((part) => part.text).join(', ')})`
}

function evaluate(expression: string, scope: Scope): data.ExpressionData {
  const functions = functionsOf(scope)
  try {
    const { tokens } = new Lexer(expression).lex()
    const tree = new Parser(tokens, Object.keys(scope.contexts), functions).parse()
    const values = Object.entries(scope.contexts).map(([key, value]) => ({ key, value: toExpressionData(value) }))
    return new Evaluator(
      tree,
      new data.Dictionary(...values),
      new Map(functions.map((entry) => [entry.name.toLowerCase(), entry])),
    ).evaluate()
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const hint = error instanceof ExpressionError ? 'Mend the expression.' : 'Check what the expression is given.'
    throw new UserError('EXPRESSION_INVALID', `\${{ ${expression} }}: ${error.message}`, { hint, cause: error })
  }
}

function functionsOf({ status = succeeded, hashFiles }: Scope) {
  const answers = [
    ['always', true],
    ['success', status.success],
    ['failure', status.failure],
    ['cancelled', status.cancelled],
  ] as const
  const asked = answers.map(([name, value]) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: (): data.ExpressionData => new data.BooleanData(value),
  }))
  if (hashFiles === undefined) return asked
  const call = (...patterns: data.ExpressionData[]): data.ExpressionData =>
    new data.StringData(hashFiles(patterns.map((each) => each.coerceString())))
  return [...asked, { name: 'hashFiles', minArgs: 1, maxArgs: 255, call }]
}

function isTruthy(value: data.ExpressionData): boolean {
  switch (value.kind) {
    case data.Kind.Null:
      return false
    case data.Kind.Boolean:
      return value.value
    case data.Kind.Number:
      return value.value !== 0 && !Number.isNaN(value.value)
    case data.Kind.String:
      return value.value !== ''
    default:
      return true
  }
}
