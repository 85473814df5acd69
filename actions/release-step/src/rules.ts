import { commandName, NO_CONFIG, type SwitchyardConfig } from '@switchyard/commands'
import { UserError } from '@switchyard/core'
import { COMMANDS } from './command-list.ts'
import type { Door } from './door.ts'
import { CONFIG_PATH, type Observation } from './observe.ts'

/** @throws {UserError} `CONFIG_INVALID`: a file with faults gives nobody leave. */
export async function readRules(
  { given: { context } }: Door,
  { control }: Pick<Observation, 'control'>,
): Promise<SwitchyardConfig['rules']> {
  const text = control.files.get(CONFIG_PATH)
  if (text === undefined) return NO_CONFIG.rules
  const { parseSwitchyardConfig } = await import('@switchyard/commands/config')
  const parsed = parseSwitchyardConfig(text, { file: CONFIG_PATH, owner: context.repository.owner, commands: COMMANDS.map(commandName) })
  if (parsed.ok) return parsed.config.rules
  const [first] = parsed.faults
  throw new UserError('CONFIG_INVALID', `${CONFIG_PATH} has faults: ${first?.message ?? ''}`, {
    faults: parsed.faults,
    ...(first?.place && { place: first.place }),
    ...(first?.hint !== undefined && { hint: first.hint }),
  })
}
