import type { Decider } from '@switchyard/core'
import type { DispatchEffect } from '../records/effects.ts'
import type { DispatchEvent } from '../records/events.ts'
import type { DispatchIndex, DispatchState } from '../records/state.ts'
import { dispatchViews } from '../views/index.ts'
import type { DispatchAnswer } from './answers.ts'
import type { DispatchCommand } from './command.ts'
import { decide } from './decide.ts'
import { evolveIndex, evolveState, initialIndex, initialState } from './evolve.ts'
import { settle } from './settle.ts'

export type DispatchDecider = Decider<DispatchState, DispatchCommand, DispatchEvent, DispatchEffect, DispatchAnswer, DispatchIndex>

/** The decider without its parsers: nothing here loads zod, so that it may be there before the first request leaves. */
export const dispatchRules: Omit<DispatchDecider, 'parse'> = {
  stream: 'dispatch',
  foldVersion: 1,
  initial: initialState,
  decide,
  settle,
  evolve: evolveState,
  views: dispatchViews,
  index: { initial: initialIndex, evolve: evolveIndex },
}
