import type { Decision, Outcome } from '@switchyard/action'
import type { SwitchyardConfig } from '@switchyard/commands'
import type { IssueConversation } from '@switchyard/github/operations'
import type { Asker, IdeaIssue } from '@switchyard/planning'
import type { PlanLoaded } from './door.ts'
import type { Spec } from './inputs.ts'
import type { Observation } from './observe.ts'

/** What one command is carried out in: the idea as it stands now, and whoever asks. */
export interface Scene {
  readonly observation: Observation
  /** As the command before this one left it. */
  readonly loaded: PlanLoaded
  readonly issue: IdeaIssue
  readonly asker: Asker
  readonly config: SwitchyardConfig
  /** Names for ever what is asked. */
  readonly key: string
  /** The comment that asks; undefined: a mode of the workflow does. */
  readonly comment: number | undefined
  readonly isDryRun: boolean
}

/** What came of one command. */
export interface Told {
  readonly decision: Decision
  readonly reasonCode: Outcome<Spec>['reasonCode']
  readonly headline: string
  /** Markdown for whoever asked. */
  readonly reply: string
  readonly result?: Outcome<Spec>['result']
  readonly outputs?: Outcome<Spec>['outputs']
  readonly annotations?: Outcome<Spec>['annotations']
  /** The ledger afterwards. */
  readonly loaded: PlanLoaded
  /** Whether something changed that the card shows. */
  readonly isChange: boolean
  /** Whether the idea's owner is to read it, and not whoever caused it. */
  readonly isForOwner?: boolean
  /** Whether another run recorded it, and tells of it. */
  readonly isOthers?: boolean
}

/** The issue that an idea is, as it was read. */
export function issueOf({ number, title, author }: IssueConversation): IdeaIssue {
  return { number, title, owner: author }
}
