import { faultsError, UserError } from '@switchyard/core'
import { type CommandDefinition, commandName } from '../definition.ts'
import { CONFIG_PATH } from './config-path.ts'
import { NO_CONFIG, type SwitchyardConfig } from './rules.ts'

/** What was seen of a repository, the file with its rules among it. */
export interface RulesSeen {
  readonly nameWithOwner: string
  /** Texts by path; a file that does not exist is not in it. */
  readonly files: ReadonlyMap<string, string>
  /** Files that GitHub does not hand out as text, with why. */
  readonly unreadable: ReadonlyMap<string, string>
}

/**
 * A repository's own rules, for a reader that knows these commands; the defaults where it has no file. Loads the parser only where there is something to parse.
 *
 * @throws {UserError} `CONFIG_INVALID`: a file that has faults, or cannot be read, gives nobody leave.
 */
export async function getSwitchyardConfig(
  { nameWithOwner, files, unreadable }: RulesSeen,
  definitions: readonly CommandDefinition[],
): Promise<SwitchyardConfig> {
  const file = CONFIG_PATH
  const why = unreadable.get(file)
  if (why !== undefined) {
    throw new UserError('CONFIG_INVALID', `${file} of ${nameWithOwner} cannot be read: ${why}.`, {
      hint: 'Write it anew as YAML of at most 512,000 bytes, on the default branch.',
    })
  }
  const text = files.get(file)
  if (text === undefined) return NO_CONFIG
  const { parseSwitchyardConfig } = await import('./parse-config.ts')
  const [owner = ''] = nameWithOwner.split('/')
  const commands = definitions.map(commandName)
  const parsed = parseSwitchyardConfig(text, { file, owner, commands })
  if (parsed.ok) return parsed.config
  throw faultsError('CONFIG_INVALID', `${file} of ${nameWithOwner} has faults`, parsed.faults)
}
