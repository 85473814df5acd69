import { data, Evaluator, Lexer, Parser } from '@actions/expressions'
import { toExpressionData } from './expression-data.ts'

/** What `run-name` may speak of. Source: docs.github.com, "Contexts reference", context availability: github, inputs, vars. */
export interface RunNameContext {
  readonly github: Readonly<Record<string, unknown>>
  readonly inputs: Readonly<Record<string, unknown>>
  readonly vars: Readonly<Record<string, string>>
}

/** A `run-name` with its expressions evaluated; undefined when one does not evaluate, as GitHub then shows its own title. */
export function renderRunName(template: string, context: RunNameContext): string | undefined {
  try {
    const names = ['github', 'inputs', 'vars']
    const known = new data.Dictionary(...Object.entries(context).map(([key, value]) => ({ key, value: toExpressionData(value) })))
    return template.replaceAll(/\$\{\{((?:[^'}]|'[^']*'|\}(?!\}))*)\}\}/gs, (_, expression: string) => {
      const { tokens } = new Lexer(expression).lex()
      const tree = new Parser(tokens, names, []).parse()
      return new Evaluator(tree, known).evaluate().coerceString()
    })
  } catch {
    return undefined
  }
}
