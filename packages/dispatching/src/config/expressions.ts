import { data, Evaluator, type Expr, ExpressionError, Lexer, Parser } from '@actions/expressions'
import { ContextAccess, FunctionCall, Grouping, Binary, IndexAccess, Literal, Logical, Unary } from '@actions/expressions/ast'
import { findNearest } from '@switchyard/core'
import { parseTemplate } from './template.ts'

/** What an expression may use. Every value is a string, as inputs are; what GitHub does not tell is the empty string. */
export const EXPRESSION_FIELDS = {
  run: ['id', 'number', 'attempt', 'conclusion', 'event', 'head_branch', 'head_sha', 'display_title', 'url', 'actor'],
  source: ['repository', 'owner', 'name', 'repository_id', 'workflow', 'workflow_name'],
} as const

export type ExpressionContext = {
  readonly [Name in keyof typeof EXPRESSION_FIELDS]: Readonly<Record<(typeof EXPRESSION_FIELDS)[Name][number], string>>
}

const CONTEXTS = Object.keys(EXPRESSION_FIELDS)

export interface TemplateFault {
  /** Where in the text, from 0. */
  readonly offset: number
  readonly message: string
  readonly hint: string
}

/** Everything wrong with the expressions of a text, without evaluating them. */
export function findTemplateFaults(text: string): readonly TemplateFault[] {
  const { parts, unclosed } = parseTemplate(text)
  const faults = parts.flatMap((part) => {
    if (!('expression' in part)) return []
    const parsed = parseExpression(part.expression)
    if ('fault' in parsed) return [{ ...parsed.fault, offset: part.offset + parsed.fault.offset }]
    return findUnknownFields(parsed.expression).map((fault) => ({ ...fault, offset: part.offset + fault.offset }))
  })
  if (unclosed !== undefined) faults.push({ offset: unclosed, message: '`${{` is never closed.', hint: 'Close it with `}}`.' })
  return faults
}

/**
 * A text with its expressions computed by the official library.
 * @throws what the library throws for a computation that fails: `fromJSON` of text that is not JSON.
 */
export function evaluateTemplate(text: string, context: ExpressionContext): string {
  const dictionary = toDictionary(context)
  return parseTemplate(text)
    .parts.map((part) => {
      if (!('expression' in part)) return part.literal
      const parsed = parseExpression(part.expression)
      if ('fault' in parsed) throw new Error(parsed.fault.message)
      return new Evaluator(parsed.expression, dictionary).evaluate().coerceString()
    })
    .join('')
}

function toDictionary(context: ExpressionContext): data.Dictionary {
  const dictionary = new data.Dictionary()
  for (const [name, fields] of Object.entries(context)) {
    const inner = new data.Dictionary()
    for (const [field, value] of Object.entries(fields)) inner.add(field, new data.StringData(value))
    dictionary.add(name, inner)
  }
  return dictionary
}

function parseExpression(text: string): { readonly expression: Expr } | { readonly fault: TemplateFault } {
  if (text === '') return { fault: { offset: 0, message: 'The expression is empty.', hint: 'Write something between `${{` and `}}`.' } }
  try {
    return { expression: new Parser(new Lexer(text).lex().tokens, CONTEXTS, []).parse() }
  } catch (thrown) {
    const offset = thrown instanceof ExpressionError ? columnOf(text, thrown) : 0
    const said = thrown instanceof Error ? thrown.message : String(thrown)
    return {
      fault: {
        offset,
        message: `The expression cannot be read: ${said}.`,
        hint: `Expressions here know ${listContexts()} and GitHub’s functions.`,
      },
    }
  }
}

function columnOf(text: string, { pos }: ExpressionError): number {
  const above = text.split('\n').slice(0, pos.line)
  return Math.min(above.reduce((sum, line) => sum + line.length + 1, 0) + pos.column, text.length)
}

function listContexts(): string {
  return CONTEXTS.map((name) => `\`${name}.*\``).join(' and ')
}

function findUnknownFields(expression: Expr): readonly TemplateFault[] {
  if (expression instanceof IndexAccess) {
    const inner = [...findUnknownFields(expression.expr), ...findUnknownFields(expression.index)]
    if (!(expression.expr instanceof ContextAccess) || !(expression.index instanceof Literal)) return inner
    const context = expression.expr.name.lexeme.toLowerCase()
    const field = expression.index.literal.coerceString()
    const known: readonly string[] = Object.entries(EXPRESSION_FIELDS).find(([name]) => name === context)?.[1] ?? []
    if (known.some((name) => name === field.toLowerCase())) return inner
    const near = findNearest(field, known)
    const message = `\`${context}\` has no field \`${field}\`.`
    const hint = `${near ? `Did you mean \`${context}.${near}\`? ` : ''}It has ${known.map((name) => `\`${name}\``).join(', ')}.`
    return [{ offset: expression.index.token.range.start.column, message, hint }, ...inner]
  }
  return partsOf(expression).flatMap(findUnknownFields)
}

function partsOf(expression: Expr): readonly Expr[] {
  if (expression instanceof FunctionCall || expression instanceof Logical) return expression.args
  if (expression instanceof Binary) return [expression.left, expression.right]
  if (expression instanceof Unary) return [expression.expr]
  if (expression instanceof Grouping) return [expression.group]
  return []
}
