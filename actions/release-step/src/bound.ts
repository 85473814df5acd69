import type { BoundCommand } from '@switchyard/commands'
import type { COMMANDS } from './command-list.ts'

/** A command of ours, told apart by its name. */
export type BoundStep = BoundCommand<(typeof COMMANDS)[number]>
