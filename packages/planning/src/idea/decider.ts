import type { Decider } from '@switchyard/core'
import type { ConvergeAnswer, ConvergeEffect, IdeaCommand } from './command.ts'
import { decide } from './decide.ts'
import { evolveIndex, evolveState, initialIndex, initialState } from './evolve.ts'
import type { PlanEvent } from './records/events.ts'
import type { PlanIndex, PlanState } from './records/state.ts'
import { settle } from './settle.ts'
import { ideasView } from './views/ideas.ts'
import { logView } from './views/log.ts'
import { placesView } from './views/places.ts'
import { progressView } from './views/progress.ts'
import { reviewsView } from './views/reviews.ts'
import { treeView } from './views/tree.ts'

export type PlanDecider = Decider<PlanState, IdeaCommand, PlanEvent, ConvergeEffect, ConvergeAnswer, PlanIndex>

/** The decider without its parsers: nothing here loads zod, so that it may be there before the first request leaves. */
export const planRules: Omit<PlanDecider, 'parse'> = {
  stream: 'plan',
  foldVersion: 1,
  initial: initialState,
  decide,
  settle,
  evolve: evolveState,
  views: [ideasView, treeView, progressView, reviewsView, logView, placesView],
  index: { initial: initialIndex, evolve: evolveIndex },
}
