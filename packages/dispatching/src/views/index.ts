import type { View } from '@switchyard/core'
import type { DispatchEvent } from '../records/events.ts'
import { logView } from './log.ts'
import { startedView } from './started.ts'
import { targetsView } from './targets.ts'
import { totalsView } from './totals.ts'

export const dispatchViews: readonly View<DispatchEvent>[] = [logView, targetsView, totalsView, startedView]
