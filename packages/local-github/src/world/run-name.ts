import { data, Evaluator, Lexer, Parser } from '@actions/expressions'

export interface RunNameContext {
  readonly inputs: Readonly<Record<string, string>>
  readonly github: Readonly<Record<string, string>>
}

/** A `run-name` with its expressions evaluated; undefined when one does not evaluate, as GitHub then shows its own title. */
export function renderRunName(template: string, context: RunNameContext): string | undefined {
  try {
    const known = new data.Dictionary(
      { key: 'inputs', value: dictionary(context.inputs) },
      { key: 'github', value: dictionary(context.github) },
    )
    return template.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => {
      const { tokens } = new Lexer(expression).lex()
      const tree = new Parser(tokens, ['inputs', 'github'], []).parse()
      return new Evaluator(tree, known).evaluate().coerceString()
    })
  } catch {
    return undefined
  }
}

function dictionary(values: Readonly<Record<string, string>>): data.Dictionary {
  return new data.Dictionary(...Object.entries(values).map(([key, value]) => ({ key, value: new data.StringData(value) })))
}
