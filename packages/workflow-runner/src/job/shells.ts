import { UserError } from '@switchyard/core'

/** How a script is run: its file stands where `{0}` is. */
export interface Shell {
  readonly command: string
  readonly args: readonly string[]
  readonly extension: string
  /** Lines that stand around the script. */
  readonly before?: string
}

const shells: Readonly<Record<string, Shell>> = {
  bash: { command: 'bash', args: ['--noprofile', '--norc', '-eo', 'pipefail', '{0}'], extension: '.sh' },
  sh: { command: 'sh', args: ['-e', '{0}'], extension: '.sh' },
  python: { command: process.platform === 'win32' ? 'python' : 'python3', args: ['{0}'], extension: '.py' },
  pwsh: { command: 'pwsh', args: ['-command', ". '{0}'"], extension: '.ps1', before: "$ErrorActionPreference = 'stop'\n" },
}

/** What runs when a step names no shell: bash without `pipefail`, on every system, since steps run where bash is. */
const unnamed: Shell = { command: 'bash', args: ['-e', '{0}'], extension: '.sh' }

/**
 * The shell of a step: one that GitHub names, or a template of its own with `{0}` for the script's file.
 *
 * Source: docs.github.com, "Workflow syntax", jobs.<job_id>.steps[*].shell.
 *
 * @throws UserError for a name that is neither.
 */
export function getShell(name: string | undefined): Shell {
  if (name === undefined || name.trim() === '') return unnamed
  const known = shells[name.trim()]
  if (known !== undefined) return known
  const [command = '', ...args] = name.trim().split(/\s+/)
  if (args.some((arg) => arg.includes('{0}'))) return { command, args, extension: '' }
  const names = Object.keys(shells).join(', ')
  throw new UserError('SHELL_UNKNOWN', `The shell \`${name}\` is not supported by this runner`, {
    hint: `Use one of ${names}, or a template such as \`perl {0}\`.`,
  })
}
