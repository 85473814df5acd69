import { InternalError } from '@switchyard/core'
import type { Role } from './permission/role.ts'

/** A second word, or a sentence at the end, as a command declares it. Arguments are given in the order of the list. */
export type ArgumentDefinition = WordArgument | ChoiceArgument | MemberArgument | MembersArgument | TextArgument

interface ArgumentBase {
  readonly name: string
  readonly optional?: true
}

/** One word, or with `many` all that are left. */
export interface WordArgument extends ArgumentBase {
  readonly kind: 'word'
  readonly many?: true
  /** A regular expression that the whole word must match, and what it must be in words: "a step's id". */
  readonly pattern?: { readonly source: string; readonly expects: string }
}

/** One word of a closed list. */
export interface ChoiceArgument extends ArgumentBase {
  readonly kind: 'choice'
  readonly choices: readonly string[]
}

/** Exactly one member: an address or a bare name. */
export interface MemberArgument extends ArgumentBase {
  readonly kind: 'member'
}

/** One selector with its exclusions, or with `many` all words that are left. `--all` may take its place. */
export interface MembersArgument extends ArgumentBase {
  readonly kind: 'members'
  /** What stands for it in usage lines where it is one selector: a name in the plural reads as if several were taken. Default: its name. */
  readonly one?: string
  readonly many?: true
}

/** The rest of the line, quotes and all; a text that is one quoted word is what the quotes hold. */
export interface TextArgument extends ArgumentBase {
  readonly kind: 'text'
}

export type FlagDefinition = { readonly summary: string } & (
  | { readonly kind: 'switch' }
  /** `value`: what stands for it in usage lines. */
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
)

/** One command as data: what it takes, what it does in a line, and who may use it. */
export interface CommandDefinition {
  /** The first word, without `/`. */
  readonly family: string
  /** The second word. Left out: the family is the command, as `/help` is. */
  readonly name?: string
  /** One line that begins with a verb. */
  readonly summary: string
  readonly arguments?: readonly ArgumentDefinition[]
  readonly flags?: Readonly<Record<string, FlagDefinition>>
  /** A fenced code block below the line. Left out: none may stand there. */
  readonly block?: 'required' | 'optional'
  /** Who may use it where `.github/switchyard.yml` says nothing. Default: write. */
  readonly role?: Role
  /** The least that `.github/switchyard.yml` can ask for. Default: read. */
  readonly atLeast?: Role
}

/** Whether an argument takes all words that are left. */
export function takesRest(argument: ArgumentDefinition): boolean {
  return argument.kind === 'text' || ('many' in argument && argument.many)
}

/** How a command is called in code, in rules and in messages: `release activate`, `help`. */
export type CommandName<D extends CommandDefinition> = D extends { readonly name: infer N extends string }
  ? `${D['family']} ${N}`
  : D['family']

export function commandName({ family, name }: CommandDefinition): string {
  return name === undefined ? family : `${family} ${name}`
}

/**
 * The definition of a bound command.
 * @throws InternalError when the list has none of this name.
 */
export function getDefinition(definitions: readonly CommandDefinition[], name: string): CommandDefinition {
  const found = definitions.find((definition) => commandName(definition) === name)
  if (!found) throw new InternalError(`There is no command ${name}`)
  return found
}

/** The families of a list of commands: what `parseComment` looks for. */
export function familiesOf(definitions: readonly CommandDefinition[]): readonly string[] {
  return [...new Set(definitions.map(({ family }) => family))]
}

/** Asks what a person may do; the doors add it to their capability's commands. */
export const helpCommand = {
  family: 'help',
  summary: 'Lists the commands that you may use',
  role: 'read',
} as const satisfies CommandDefinition
