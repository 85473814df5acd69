import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

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
