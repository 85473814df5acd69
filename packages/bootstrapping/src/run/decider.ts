import type { Decider } from '@switchyard/core'
import type { BootstrapAnswer } from './answers.ts'
import type { BootstrapCommand } from './command.ts'
import { decide } from './decide.ts'
import { evolveIndex, evolveState, initialIndex, initialState } from './evolve.ts'
import type { BootstrapEffect } from './records/effects.ts'
import type { BootstrapEvent } from './records/events.ts'
import type { BootstrapIndex, BootstrapState } from './records/state.ts'
import { settle } from './settle.ts'
import { repositoriesView } from './views/repositories.ts'
import { runsView } from './views/runs.ts'

export type BootstrapDecider = Decider<BootstrapState, BootstrapCommand, BootstrapEvent, BootstrapEffect, BootstrapAnswer, BootstrapIndex>

/** The decider without its parsers: nothing here loads zod, so that it may be there before the first request leaves. */
export const bootstrapRules: Omit<BootstrapDecider, 'parse'> = {
  stream: 'bootstrap',
  foldVersion: 1,
  initial: initialState,
  decide,
  settle,
  evolve: evolveState,
  views: [runsView, repositoriesView],
  index: { initial: initialIndex, evolve: evolveIndex },
}
