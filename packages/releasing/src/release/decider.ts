import type { Context, Decider, Effect, Rejection } from '@switchyard/core'
import { addressOf } from '../model.ts'
import type { Command, ReleaseCommand } from './command.ts'
import type { CustomerOf } from './decide-approval.ts'
import { decideRelease } from './decide-release.ts'
import { decideStep } from './decide-step.ts'
import { NEW_CUSTOMER } from './find-step.ts'
import { evolveIndex, evolveState, initialIndex, initialState } from './evolve.ts'
import type { ReleaseDecision } from './on-step.ts'
import type { ReleaseEvent } from './records/events.ts'
import type { ReleaseIndex, State } from './records/state.ts'
import { rejectDraft, rejectOutsider } from './reject.ts'
import { customerSubject, parseSubject, releaseSubject } from './subjects.ts'
import { historyView } from './views/history.ts'
import { matrixView } from './views/matrix.ts'
import { releasesView } from './views/releases.ts'

export type ReleaseContext = Context<ReleaseIndex, State>
export type ReleaseDecider = Decider<State, Command, ReleaseEvent, Effect, never, ReleaseIndex>

/** The decider without its parsers: nothing here loads zod. */
export const releaseRules: Omit<ReleaseDecider, 'parse'> = {
  stream: 'release',
  foldVersion: 2,
  initial: initialState,
  decide,
  settle: () => ({ events: [], effects: [] }),
  evolve: evolveState,
  views: [matrixView, historyView, releasesView],
  index: { initial: initialIndex, evolve: evolveIndex },
}

const ON_RELEASE: ReadonlySet<Command['kind']> = new Set([
  'activate',
  'add-customers',
  'archive',
  'sync-template',
  'sync-facts',
  'board-made',
  'handle-comments',
  'claim',
  'approve-content',
  'withdraw-approval',
])

function isOnRelease(command: Command): command is ReleaseCommand {
  return ON_RELEASE.has(command.kind)
}

function decide(state: State, command: Command, context: ReleaseContext): ReleaseDecision | Rejection {
  const { slug, address = '' } = parseSubject(context.subject)
  if (isOnRelease(command)) {
    const customerOf: CustomerOf = (customer) => context.peer(customerSubject(slug, customer)).customer ?? NEW_CUSTOMER
    return decideRelease(state.release, command, { slug, customerOf })
  }
  const { release } = context.peer(releaseSubject(slug))
  if (release === null) return rejectDraft(slug)
  if (!release.customers.some((customer) => addressOf(customer) === address)) return rejectOutsider(slug, address)
  return decideStep(command, { release, customer: state.customer ?? NEW_CUSTOMER, address })
}
