import { GitHubError } from '@switchyard/core'
import type { PlanFacts } from '@switchyard/github/operations'
import type { Intent } from '@switchyard/ledger'
import type { AppliedIssue, ConvergeAnswer, ConvergeEffect, Unlisted } from '@switchyard/planning'
import { parseApplied } from '@switchyard/planning/tree'
import type { ConvergeHandler } from '../ask-ledger.ts'
import type { Door, PlanLoaded } from '../door.ts'
import { placedTarget, resolvePlaced, type TargetSeen } from '../target.ts'
import { carryOut } from './carry-out.ts'
import { AnotherWriter, isFinal, toFailed } from './final.ts'
import type { Made } from './made.ts'
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
    const { subject } = intent
    const doubtful = doubtfulOf(effect, intent)
    const unlisted = isTakenOver ? doubtful : effect.unlisted
    const progress = new ProgressCard(converging.card)
    try {
      const { answer, made: done } = await carryOut(door, {
        ...(await prepare(door, effect, converging)),
        subject,
        unlisted,
        doubtful,
        isTakenOver,
        progress,
        confirmed: converging.difference,
      })
      made.set(subject, done)
      // What is shown next is made of it.
      if (answer.kind !== 'handed-over' && answer.applied !== undefined) door.texts.note(answer.applied)
      return answer
    } catch (error) {
      if (error instanceof AnotherWriter) return { kind: 'handed-over', writer: error.writer, since: doubtful.since }
      const resumesAt = findResumption(error, door.connection.serverNow())
      made.set(subject, { ...NOTHING_MADE, stopped: { ...progress.counts, resumesAt } })
      if (!isFinal(error)) throw error
      // Nothing could be looked at, so that nobody knows what is there: it is looked for when it is tried again.
      return { ...toFailed(error), applied: undefined, items: {}, unlistedSince: unlisted?.since }
    }
  }
  return {
    made,
    handler: {
      apply: (effect, intent) => converge(effect, intent, effect.is_handed_over || intent.previousLease !== undefined),
      ask: async (effect, intent) => ({ kind: 'answered', answer: await converge(effect, intent, true) }),
    },
  }
}

/** What may be there of an effect when its answers are lost. */
function doubtfulOf({ writer, unlisted }: ConvergeEffect, { openedAt }: Intent<ConvergeEffect>): Unlisted {
  return { since: unlisted?.since ?? openedAt, writers: [...(unlisted?.writers ?? []), ...(writer === null ? [] : [writer])] }
}

/** @throws {UserError} `PLAN_FAULTY` */
async function prepare(door: Door, effect: ConvergeEffect, converging: Converging) {
  const { plan, issues } = readWanted(await door.texts.read(converging.loaded, effect.plan), { allowMentions: effect.allow_mentions })
  const target = converging.target ?? placedTarget(door, effect.target)
  const { facts } = converging
  return {
    target,
    issues,
    applied: await appliedOf(door, effect, converging),
    readFacts: (): Promise<PlanFacts> => (facts === undefined ? target.readFacts(plan) : Promise.resolve(facts)),
    requireConsent: async (): Promise<void> => {
      if (converging.target === undefined) await resolvePlaced(door, effect.target)
    },
    requireWriter: ({ writer }: PlanFacts): void => {
      if (effect.writer !== null && writer !== undefined && writer.id !== effect.writer.id) throw new AnotherWriter(writer)
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
