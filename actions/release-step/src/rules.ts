import { getSwitchyardConfig, type SwitchyardConfig } from '@switchyard/commands'
import { COMMANDS } from './command-list.ts'
import type { Observation } from './observe.ts'

/** @throws {UserError} `CONFIG_INVALID`: a file that has faults, or cannot be read, gives nobody leave. */
export async function readRules({ control }: Pick<Observation, 'control'>): Promise<SwitchyardConfig['rules']> {
  return (await getSwitchyardConfig(control, COMMANDS)).rules
}
