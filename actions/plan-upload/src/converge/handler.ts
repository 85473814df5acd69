import { GitHubError } from '@switchyard/core'
import type { PlanFacts } from '@switchyard/github/operations'
import type { Intent } from '@switchyard/ledger'
import type { AppliedIssue, ConvergeAnswer, ConvergeEffect } from '@switchyard/planning'
import { parseApplied } from '@switchyard/planning/tree'
import type { ConvergeHandler } from '../ask-ledger.ts'
import type { Door, PlanLoaded } from '../door.ts'
import { placedTarget, resolvePlaced, type TargetSeen } from '../target.ts'
import { carryOut, type Made } from './carry-out.ts'
import { HourFull } from './pace.ts'
import { ProgressCard } from './progress-card.ts'
import { readWanted } from './wanted.ts'

export interface Converging {
  /** What is known of the ledger: a later commit holds every text that an earlier one held. */
  readonly loaded: PlanLoaded
  /** The comment that shows how far it is; undefined: there is none. */
  readonly card: { readonly nodeId: string; readonly body: string } | undefined
  /** Asked a moment ago; left out: what was left by another run, and is asked anew. */
  readonly target?: TargetSeen
  readonly facts?: PlanFacts
  /** Hash of the difference that was confirmed; undefined: what there is to do is what the plan says. */
  readonly difference?: string
}

export interface Converge {
  readonly handler: ConvergeHandler
  /** What this run did, for its report; by the subject of the idea. */
  readonly made: ReadonlyMap<string, Made>
}

const NOTHING_MADE: Made = { created: 0, changed: 0, conflicts: [], notes: [], applied: [] }

/** Makes the issues of ideas what their plans want. An effect of this run begins with nothing; one that was taken over looks first. */
export function createConverge(door: Door, converging: Converging): Converge {
  const { made } = door
  const converge = async (effect: ConvergeEffect, intent: Intent<ConvergeEffect>, isTakenOver: boolean): Promise<ConvergeAnswer> => {
    const { plan, issues } = readWanted(await door.texts.read(converging.loaded, effect.plan), { allowMentions: effect.allow_mentions })
    const applied = await appliedOf(door, effect, converging)
    const target = converging.target ?? placedTarget(door, effect.target)
    const { facts } = converging
    const readFacts = (): Promise<PlanFacts> => (facts === undefined ? target.readFacts(plan) : Promise.resolve(facts))
    const requireConsent = async (): Promise<void> => {
      if (converging.target === undefined) await resolvePlaced(door, effect.target)
    }
    const { subject, openedAt } = intent
    const progress = new ProgressCard(converging.card)
    const converged = {
      target,
      requireConsent,
      readFacts,
      subject,
      applied,
      issues,
      openedAt,
      isTakenOver,
      progress,
      confirmed: converging.difference,
    }
    const outcome = await carryOut(door, converged).catch((error: unknown) => {
      const resumesAt = findResumption(error, door.connection.serverNow())
      made.set(subject, { ...NOTHING_MADE, stopped: { ...progress.counts, resumesAt } })
      throw error
    })
    made.set(subject, outcome.made)
    // What is shown next is made of it.
    if (outcome.answer.applied !== undefined) door.texts.note(outcome.answer.applied)
    return outcome.answer
  }
  return {
    made,
    handler: {
      apply: (effect, intent) => converge(effect, intent, intent.previousLease !== undefined),
      ask: async (effect, intent) => ({ kind: 'answered', answer: await converge(effect, intent, true) }),
    },
  }
}

/** When GitHub takes more, ms since the epoch; undefined: it was not for its limits that it stopped. */
function findResumption(error: unknown, now: number): number | undefined {
  if (error instanceof HourFull) return error.resumesAt
  return error instanceof GitHubError && error.code === 'GITHUB_RATE_LIMITED' ? now + (error.retryAfterMs ?? 0) : undefined
}

async function appliedOf(door: Door, { applied }: ConvergeEffect, { loaded }: Converging): Promise<readonly AppliedIssue[]> {
  return applied === null ? [] : parseApplied(await door.texts.read(loaded, applied))
}
