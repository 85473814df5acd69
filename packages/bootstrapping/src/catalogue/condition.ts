import { data, Evaluator, type Expr, ExpressionError, Lexer, Parser } from '@actions/expressions'
import { falsy } from '@actions/expressions/result'
import type { RepositoryPlan, Selections } from '../model.ts'
import { OwnDictionary } from './own-dictionary.ts'

const CONTEXTS = ['selections', 'repo']

export interface ConditionFault {
  /** Where in the text, from 0. */
  readonly offset: number
  readonly message: string
  readonly hint: string
}

export type ParsedCondition =
  | { readonly ok: true; readonly expression: Expr; readonly shift: number }
  | { readonly ok: false; readonly fault: ConditionFault }

/**
 * The expression of an `if`, by the official library; `${{ }}` around it may be left out, as in a workflow. `shift` is where the
 * expression starts in the text.
 */
export function parseCondition(text: string): ParsedCondition {
  const wrapped = /^\s*\$\{\{([\s\S]*)\}\}\s*$/.exec(text)
  const inner = wrapped?.[1] ?? text
  const shift = wrapped ? text.indexOf('${{') + 3 : 0
  if (inner.trim() === '') return refuse(shift, 'The expression is empty.', 'Write a condition, or delete `if`.')
  try {
    return { ok: true, expression: new Parser(new Lexer(inner).lex().tokens, CONTEXTS, []).parse(), shift }
  } catch (thrown) {
    const at = thrown instanceof ExpressionError ? thrown.pos.column : 0
    const said = thrown instanceof Error ? thrown.message : String(thrown)
    const hint = 'Expressions here know `selections.*`, `repo.*` and GitHub’s functions.'
    return refuse(Math.min(shift + at, text.length), `The expression cannot be read: ${said}.`, hint)
  }
}

function refuse(offset: number, message: string, hint: string): ParsedCondition {
  return { ok: false, fault: { offset, message, hint } }
}

/** What a condition may look at. */
export interface ConditionScene {
  readonly selections: Selections
  readonly repo: RepositoryPlan
}

/** Whether a condition holds; a fault for a text that cannot be read or a computation that fails (`fromJSON` of what is no JSON). */
export function evaluateCondition(text: string, scene: ConditionScene): { readonly holds: boolean } | { readonly fault: string } {
  const parsed = parseCondition(text)
  if (!parsed.ok) return { fault: parsed.fault.message }
  try {
    return { holds: !falsy(new Evaluator(parsed.expression, toDictionary(scene)).evaluate()) }
  } catch (thrown) {
    return { fault: thrown instanceof Error ? thrown.message : String(thrown) }
  }
}

function toDictionary({ selections, repo: { owner, name, visibility } }: ConditionScene): data.Dictionary {
  const text = (value: string): data.ExpressionData => new data.StringData(value)
  const chosen = Object.entries(selections).map(([slug, options]) => [slug, new data.Array(...options.map(text))] as const)
  const repo = Object.entries({ owner, name, visibility }).map(([field, value]) => [field, text(value)] as const)
  return new OwnDictionary([
    ['selections', new OwnDictionary(chosen)],
    ['repo', new OwnDictionary(repo)],
  ])
}
