import { MAX_COMMAND_LENGTH } from './limits.ts'
import { quote } from './quote.ts'

/** A word of a command: itself, or any text that matches (anchored). */
type Word = string | RegExp

interface CommandPattern {
  /** Word by word; the whole of the argument vector. */
  readonly argv: readonly Word[]
  /** The last word may stand several times. */
  readonly repeats?: true
  /** What is put behind it when it is run: nothing that the text has to say each time. */
  readonly held?: readonly string[]
  readonly example: string
}

const KEY = String.raw`(?!(?:[^=]*\.)?(?:constructor|prototype)(?:[.=]|$))[a-zA-Z][a-zA-Z0-9-]*(?:\.[a-zA-Z0-9@/-]+)*`
/** Dependencies have an action of their own, which looks at what they name. */
const NOT_DEPENDENCIES = '(?!(?:[a-z]+D|d)ependencies|overrides|resolutions|pnpm)'

/**
 * Every command that a recipe may run. Nothing here runs code of the template: installs write the lock file only, with scripts,
 * pnpm's hook file and its change to another version of itself switched off; the environment of commands does the rest. A catalogue may narrow this list by name, never widen it.
 */
export const COMMANDS = {
  'npm-lock': {
    argv: ['npm', 'install', '--package-lock-only', '--ignore-scripts'],
    example: 'npm install --package-lock-only --ignore-scripts',
  },
  'pnpm-lock': {
    argv: ['pnpm', 'install', '--lockfile-only', '--ignore-scripts', '--ignore-pnpmfile'],
    // Else pnpm runs the version of itself that the template asks for, from the registry that the template names.
    held: ['--config.manage-package-manager-versions=false'],
    example: 'pnpm install --lockfile-only --ignore-scripts --ignore-pnpmfile',
  },
  'npm-pkg-set': {
    argv: ['npm', 'pkg', 'set', new RegExp(`^${NOT_DEPENDENCIES}${KEY}=[A-Za-z0-9@+,._/-]{1,256}$`)],
    repeats: true,
    example: 'npm pkg set engines.node=24',
  },
  'npm-pkg-delete': { argv: ['npm', 'pkg', 'delete', new RegExp(`^${KEY}$`)], repeats: true, example: 'npm pkg delete private' },
  'node-version': { argv: ['node', '--version'], example: 'node --version' },
  'npm-version': { argv: ['npm', '--version'], example: 'npm --version' },
} as const satisfies Record<string, CommandPattern>

export type CommandName = keyof typeof COMMANDS
export const COMMAND_NAMES = [
  'npm-lock',
  'pnpm-lock',
  'npm-pkg-set',
  'npm-pkg-delete',
  'node-version',
  'npm-version',
] as const satisfies readonly CommandName[]

export interface CommandFault {
  readonly code: 'COMMAND_NOT_PLAIN' | 'COMMAND_NOT_ALLOWED'
  readonly message: string
  readonly hint: string
}

export type ParsedCommand =
  | { readonly ok: true; readonly name: CommandName; readonly argv: readonly [string, ...string[]] }
  | { readonly ok: false; readonly fault: CommandFault }

/**
 * The argument vector of a recipe's command, to be run without a shell. The text must be plain words with one space between them:
 * nothing that a shell would read otherwise, in any shell. The vector as a whole must be one of `COMMANDS`.
 * `allowed` are the names that the catalogue narrows the list to.
 */
export function parseCommand(text: string, allowed: readonly CommandName[] = COMMAND_NAMES): ParsedCommand {
  const odd = /[^A-Za-z0-9 @+,._/=-]/u.exec(text)?.[0]
  if (odd !== undefined) {
    return notPlain(
      `The command holds ${JSON.stringify(odd)}.`,
      'Write plain words: no quotes, variables, patterns, redirections or second commands.',
    )
  }
  if (text.length > MAX_COMMAND_LENGTH) {
    return notPlain(`The command is longer than ${MAX_COMMAND_LENGTH} characters.`, 'Use several actions.')
  }
  const [program, ...rest] = text.split(' ')
  if (!program || rest.includes('')) {
    return notPlain('The command has an empty word.', 'Put one space between two words, and none at the ends.')
  }
  const argv = [program, ...rest] as const
  const name = COMMAND_NAMES.find((candidate) => matches(COMMANDS[candidate], argv))
  if (name !== undefined && allowed.includes(name)) return { ok: true, name, argv: [...argv, ...heldOf(COMMANDS[name])] }
  const examples = allowed.map((each) => `\`${COMMANDS[each].example}\``).join(', ')
  const narrowed = name !== undefined ? ` by this catalogue’s \`allowed_commands\`; its name is \`${name}\`.` : '.'
  return {
    ok: false,
    fault: {
      code: 'COMMAND_NOT_ALLOWED',
      message: `The command ${quote(text)} is not allowed${narrowed}`,
      hint: allowed.length > 0 ? `Allowed are ${examples}.` : 'This catalogue allows no command.',
    },
  }
}

function notPlain(message: string, hint: string): ParsedCommand {
  return { ok: false, fault: { code: 'COMMAND_NOT_PLAIN', message, hint } }
}

function heldOf({ held = [] }: CommandPattern): readonly string[] {
  return held
}

function matches({ argv, repeats }: CommandPattern, words: readonly string[]): boolean {
  if (repeats ? words.length < argv.length : words.length !== argv.length) return false
  return words.every((word, index) => {
    const wanted = argv[Math.min(index, argv.length - 1)]
    return typeof wanted === 'string' ? word === wanted : (wanted?.test(word) ?? false)
  })
}
