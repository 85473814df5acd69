import { Evaluator, Lexer, Parser, data } from '@actions/expressions'

/** Context names (`github`, `runner`, …) to their values, as plain JSON. */
export type Contexts = Readonly<Record<string, unknown>>

/** `always()`, `success()`, `failure()` and `cancelled()` as seen by the step being decided about. */
export interface JobStatus {
  readonly failed: boolean
}

/** Replaces every `${{ … }}` of a text by its value, as the runner does for an input's default. */
export function evaluateTemplate(text: string, contexts: Contexts): string {
  let result = ''
  let rest = text
  for (let start = rest.indexOf('${{'); start >= 0; start = rest.indexOf('${{')) {
    const end = findEnd(rest, start + 3)
    if (end === undefined) break
    result += rest.slice(0, start) + evaluate(rest.slice(start + 3, end), contexts, { failed: false }).coerceString()
    rest = rest.slice(end + 2)
  }
  return result + rest
}

/** Whether a step with this `if` runs. An expression that names no status function is joined with `success()`, as on GitHub. */
export function evaluateCondition(condition: string, contexts: Contexts, status: JobStatus): boolean {
  const expression = condition.trim().replace(/^\$\{\{(.*)\}\}$/s, '$1').trim()
  const asksStatus = /\b(always|success|failure|cancelled)\s*\(/i.test(expression)
  const full = expression === '' ? 'success()' : asksStatus ? expression : `success() && (${expression})`
  return isTruthy(evaluate(full, contexts, status))
}

/** The index of the closing braces; braces inside a quoted string do not close. */
function findEnd(text: string, from: number): number | undefined {
  let quoted = false
  for (let index = from; index < text.length; index++) {
    if (text[index] === "'") quoted = !quoted
    else if (!quoted && text.startsWith('}}', index)) return index
  }
  return undefined
}

function evaluate(expression: string, contexts: Contexts, status: JobStatus): data.ExpressionData {
  const statusFunctions = [
    ['always', true],
    ['success', !status.failed],
    ['failure', status.failed],
    ['cancelled', false],
  ] as const
  const functions = statusFunctions.map(([name, value]) => ({ name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) }))
  const { tokens } = new Lexer(expression).lex()
  const tree = new Parser(tokens, Object.keys(contexts), functions).parse()
  const values = Object.entries(contexts).map(([key, value]) => ({ key, value: toExpressionData(value) }))
  return new Evaluator(tree, new data.Dictionary(...values), new Map(functions.map((entry) => [entry.name, entry]))).evaluate()
}

function toExpressionData(value: unknown): data.ExpressionData {
  switch (typeof value) {
    case 'string':
      return new data.StringData(value)
    case 'number':
      return new data.NumberData(value)
    case 'boolean':
      return new data.BooleanData(value)
    default:
      if (Array.isArray(value)) return new data.Array(...value.map(toExpressionData))
      if (typeof value !== 'object' || value === null) return new data.Null()
      return new data.Dictionary(...Object.entries(value).map(([key, entry]) => ({ key, value: toExpressionData(entry) })))
  }
}

function isTruthy(value: data.ExpressionData): boolean {
  switch (value.kind) {
    case data.Kind.Null:
      return false
    case data.Kind.Boolean:
    case data.Kind.Number:
    case data.Kind.String: {
      const number = value.number()
      return value.coerceString() !== '' && number !== 0 && !(value.kind === data.Kind.Number && Number.isNaN(number))
    }
    default:
      return true
  }
}
