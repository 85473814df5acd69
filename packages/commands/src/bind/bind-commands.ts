import { findNearest } from '@switchyard/core'
import { type CommandDefinition, commandName, type FlagDefinition } from '../definition.ts'
import { type CommandFault, inOrder, listWords } from '../fault.ts'
import type { ParsedCommand, ParsedComment } from '../parse/parse-comment.ts'
import { bindArguments } from './arguments.ts'
import type { AnyCommand, BoundCommand } from './bound.ts'
import { bindFlags } from './flags.ts'
import { renderUsage } from '../render/usage.ts'

export type BoundComment<D extends CommandDefinition> =
  | { readonly ok: true; readonly commands: readonly BoundCommand<D>[] }
  /** Nothing of the comment is to be done: all or nothing. From the comment's top to its end. */
  | { readonly ok: false; readonly faults: readonly CommandFault[] }

/**
 * What a comment's commands mean by their definitions, which must be the ones whose families `parseComment` looked for.
 * All faults at once, those of parsing among them; one fault refuses the whole comment. Never throws.
 */
export function bindCommands<const D extends readonly CommandDefinition[]>(definitions: D, parsed: ParsedComment): BoundComment<D[number]>
export function bindCommands(
  definitions: readonly CommandDefinition[],
  parsed: ParsedComment,
): { readonly ok: true; readonly commands: readonly AnyCommand[] } | { readonly ok: false; readonly faults: readonly CommandFault[] } {
  const bound = parsed.commands.map((command) => bindOne(definitions, command))
  const faults = [...parsed.faults, ...bound.flatMap((one) => ('faults' in one ? one.faults : []))]
  if (faults.length > 0) return { ok: false, faults: inOrder(faults) }
  return { ok: true, commands: bound.flatMap((one) => ('command' in one ? [one] : [])) }
}

type Outcome = AnyCommand | { readonly faults: readonly CommandFault[] }

function bindOne(definitions: readonly CommandDefinition[], parsed: ParsedCommand): Outcome {
  const family = definitions.filter((definition) => definition.family === parsed.family)
  const [first] = parsed.tokens
  const own = family.find(({ name }) => name === undefined)
  if (own) return bindTo(own, parsed)
  const word = first?.kind === 'word' && !first.quoted ? first : undefined
  const definition = family.find(({ name }) => name === word?.text.toLowerCase())
  if (definition) return bindTo(definition, { ...parsed, tokens: parsed.tokens.slice(1) })
  const names = family.flatMap(({ name }) => name ?? [])
  const help = definitions.some(({ family: other, name }) => other === 'help' && name === undefined) ? ' “/help” says what each does.' : ''
  const known = `There are ${listWords(names.map((name) => `/${parsed.family} ${name}`))}.${help}`
  if (!word) {
    const message = `“/${parsed.family}” needs a second word.`
    return { faults: [{ code: 'missing-subcommand', message, hint: known, line: parsed.line, column: first?.column ?? parsed.column }] }
  }
  const near = findNearest(word.text, names)
  const message = `“/${parsed.family}” does not know “${word.text}”.`
  const hint = near ? `Did you mean “/${parsed.family} ${near}”?` : known
  return { faults: [{ code: 'unknown-subcommand', message, hint, line: parsed.line, column: word.column }] }
}

/** `--all` belongs to every command that takes members. */
const ALL: FlagDefinition = { kind: 'switch', summary: 'Everybody' }

function bindTo(definition: CommandDefinition, parsed: ParsedCommand): Outcome {
  const command = commandName(definition)
  const takesAll = definition.arguments?.some(({ kind }) => kind === 'members') ?? false
  const place = { line: parsed.line, column: parsed.column }
  const known = { ...(takesAll ? { all: ALL } : {}), ...definition.flags }
  const flags = bindFlags({ command, known, tokens: parsed.tokens, line: parsed.line })
  const { all, ...others } = flags.values
  const list = definition.arguments ?? []
  const usage = renderUsage(definition)
  const found = bindArguments({ command, definitions: list, words: flags.words, all: takesAll && all === true, place, usage })
  const faults = [...flags.faults, ...found.faults, ...blockFaults(definition, parsed)]
  if (faults.length > 0) return { faults }
  return {
    ...place,
    command,
    arguments: found.values,
    flags: takesAll ? others : flags.values,
    block: parsed.block,
    places: found.places,
  }
}

function blockFaults(definition: CommandDefinition, { block, line, column }: ParsedCommand): readonly CommandFault[] {
  const command = `“/${commandName(definition)}”`
  if (definition.block === 'required' && !block) {
    const hint = 'Put three backticks on the line below it, then the content, then three backticks again.'
    return [{ code: 'missing-block', message: `${command} needs a code block below it.`, hint, line, column }]
  }
  if (definition.block !== undefined || !block) return []
  const hint = 'Put a line of text between the two, or delete the block.'
  return [{ code: 'unexpected-block', message: `${command} takes no code block.`, hint, line: block.line, column: block.column }]
}
