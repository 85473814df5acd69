import type { PlanFacts } from '@switchyard/github/operations'
import type { AppliedIssue, PlanIssue, SeenIssue, TreeChange, Unlisted } from '@switchyard/planning'
import { matchIssues } from '@switchyard/planning/tree'
import type { TargetSeen } from '../target.ts'
import type { Observed } from './observe-items.ts'
import type { ProgressCard } from './progress-card.ts'

export interface Converged {
  readonly target: TargetSeen
  /** Before anything is written there. @throws {UserError} where the target takes no issues any more. */
  readonly requireConsent: () => Promise<void>
  /** What the plan names at the target, asked for where something is to be made. @throws {UserError} for what is not there. */
  readonly readFacts: () => Promise<PlanFacts>
  /** @throws {AnotherWriter} where the token is another one than the ledger has written down. */
  readonly requireWriter: (facts: PlanFacts) => void
  readonly subject: string
  readonly applied: readonly AppliedIssue[]
  readonly issues: readonly PlanIssue[]
  /** What others may have made of it without its being written down; null: nobody did. */
  readonly unlisted: Unlisted | null
  /** The same with what this very run may have made, where an answer is lost. */
  readonly doubtful: Unlisted
  /** Whether it goes on with what another run began. */
  readonly isTakenOver: boolean
  /** Hash of the difference that was confirmed; undefined: one that only adds. Whoever takes over goes on with what is left of it. */
  readonly confirmed: string | undefined
  readonly progress: ProgressCard
}

/** How far it is, in the hands of those who carry it out. */
export interface Making extends Converged {
  /** Issues that are there, by key. */
  readonly there: Map<string, Pick<SeenIssue, 'number' | 'nodeId'>>
  /** Numbers of those that this run made, by key. */
  readonly numbers: Map<string, number>
  /** What of the difference was carried out. */
  readonly done: TreeChange[]
  readonly notes: string[]
  /** What was made and does not stand under its parent yet. */
  readonly parentless: PlanIssue[]
  /** Keys of parents that take no more. */
  readonly full: Set<string>
  /** Whether something may have been made twice, since an answer was lost. */
  isUnsure: boolean
}

/** What a look at the target found. */
export interface Found {
  readonly changes: readonly TreeChange[]
  readonly seen: readonly Observed[]
}

export function beginMaking(converged: Converged, found: Found): Making {
  return {
    ...converged,
    there: namedOf(converged, found),
    numbers: new Map(),
    done: [],
    notes: [],
    parentless: [],
    full: new Set(),
    isUnsure: converged.unlisted !== null,
  }
}

/** The issues that are there, by the keys that they have from now on. */
function namedOf({ subject, applied }: Converged, { changes, seen }: Found): Map<string, SeenIssue> {
  const renamed = new Map(changes.flatMap((change) => (change.kind === 'rename' ? [[change.from, change.issue.key] as const] : [])))
  return new Map([...matchIssues({ subject, applied, seen }).issues].map(([key, issue]) => [renamed.get(key) ?? key, issue]))
}
