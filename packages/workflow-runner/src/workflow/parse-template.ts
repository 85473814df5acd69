import '../register-json.ts'
import type { TemplateParseResult } from '@actions/workflow-parser'
import { readScalarTexts } from './scalar-texts.ts'
import type { WorkflowFault } from './model.ts'
import type { Position, Template, TemplateEntry } from './template.ts'

type Token = NonNullable<TemplateParseResult['value']>

export type ParsedTemplate =
  | { readonly ok: true; readonly root: Template }
  | { readonly ok: false; readonly faults: readonly WorkflowFault[] }

/** Parses a workflow with GitHub's own parser: what its schema refuses is refused here in its words. */
export async function parseWorkflowTemplate(file: string, content: string): Promise<ParsedTemplate> {
  const { parseWorkflow, NoOperationTraceWriter } = await import('@actions/workflow-parser')
  return understand(parseWorkflow({ name: file, content }, new NoOperationTraceWriter()), { file, content })
}

/** The same for an `action.yml`, by the schema for actions. */
export async function parseActionTemplate(file: string, content: string): Promise<ParsedTemplate> {
  const { NoOperationTraceWriter } = await import('@actions/workflow-parser')
  const { parseAction } = await import('@actions/workflow-parser/actions/action-parser')
  return understand(parseAction({ name: file, content }, new NoOperationTraceWriter()), { file, content })
}

interface Source {
  readonly file: string
  readonly content: string
}

function understand(result: TemplateParseResult, { file, content }: Source): ParsedTemplate {
  const errors = result.context.errors.getErrors()
  if (errors.length > 0 || result.value === undefined) {
    const faults = errors.map((error) => ({ file, at: error.range?.start ?? start, message: firstLine(error.rawMessage) }))
    return { ok: false, faults: faults.length > 0 ? faults : [{ file, at: start, message: 'The file is empty' }] }
  }
  const reader = new TokenReader(file, readScalarTexts(content))
  const root = reader.read(result.value)
  return reader.faults.length > 0 ? { ok: false, faults: reader.faults } : { ok: true, root }
}

const start: Position = { line: 1, column: 1 }

/** YAML errors carry a drawing of the place, which the position says already. */
const firstLine = (message: string): string => message.split('\n')[0]?.replace(/ at line \d+, column \d+:$/, '') ?? message

/** The token types of the published parser, which does not export their names. */
const types = { string: 0, sequence: 1, mapping: 2, expression: 3, insert: 4, boolean: 5, number: 6, null: 7 } as const

class TokenReader {
  readonly faults: WorkflowFault[] = []
  readonly #file: string
  readonly #texts: ReadonlyMap<string, string>

  constructor(file: string, texts: ReadonlyMap<string, string>) {
    this.#file = file
    this.#texts = texts
  }

  read(token: Token): Template {
    const at = token.range?.start ?? start
    switch (token.templateTokenType) {
      case types.sequence: {
        const sequence = token.assertSequence('list')
        return { kind: 'sequence', items: Array.from({ length: sequence.count }, (_, index) => this.read(sequence.get(index))), at }
      }
      case types.mapping:
        return { kind: 'mapping', entries: [...token.assertMapping('mapping')].flatMap(({ key, value }) => this.#entry(key, value)), at }
      case types.expression:
        return { kind: 'expression', text: this.#textOf(token, at), at }
      case types.insert:
        this.faults.push({ file: this.#file, at, message: '`${{ insert }}` is not supported by this runner' })
        return { kind: 'literal', value: null, at }
      case types.boolean:
        return { kind: 'literal', value: token.assertBoolean('value').value, at }
      case types.number:
        return { kind: 'literal', value: token.assertNumber('value').value, at }
      case types.null:
        return { kind: 'literal', value: null, at }
      default:
        return { kind: 'literal', value: token.assertString('value').value, at }
    }
  }

  #entry(key: Token, value: Token): readonly TemplateEntry[] {
    const at = key.range?.start ?? start
    if (key.isExpression) {
      this.faults.push({ file: this.#file, at, message: 'A key that is an expression is not supported by this runner' })
      return []
    }
    return [{ key: key.assertString('key').value, value: this.read(value), at }]
  }

  #textOf(token: Token, at: Position): string {
    const known = this.#texts.get(`${at.line}:${at.column}`)
    return (
      known ??
      `\${{ ${token
        .assertScalar('expression')
        .toString()
        .replace(/^\$\{\{|\}\}$/g, '')
        .trim()} }}`
    )
  }
}
