import {
  type Asked,
  type CommandOf,
  type ConvergeAnswer,
  type IdeaCommand,
  ideaSubject,
  type KeyPlace,
  type Move,
  planSha256,
  type ReviewResult,
  type Verdict,
  type WrittenPlan,
} from '../../src/index.ts'

export const REPOSITORY = 9
export const TARGET = { id: 11, repository: 'acme/shop' }
/** Whose token writes the issues. */
export const WRITER = { id: 41, login: 'robot[bot]' }
export const OWNER = { login: 'owner', isMaintainer: false }
export const SUBJECT = ideaSubject(REPOSITORY, 12)

export function issueOf(number = 12) {
  return { number, title: `Idea ${number}`, owner: 'Owner' }
}

export function planOf(text = 'one', change: Partial<WrittenPlan> = {}): WrittenPlan {
  return { text, title: `Plan ${text}`, stories: 1, tasks: 2, source: { kind: 'comment', id: 5 }, ...change }
}

export const KEYS: readonly KeyPlace[] = [
  { key: 'epic', parent: undefined, level: 'epic' },
  { key: 'story', parent: 'epic', level: 'story' },
  { key: 'task-a', parent: 'story', level: 'task' },
  { key: 'task-b', parent: 'story', level: 'task' },
]
export const ITEMS = { epic: 101, story: 102, 'task-a': 103, 'task-b': 104 }

type AskedCommand = Extract<IdeaCommand, { readonly asker: object }>
export type Asking = Partial<Pick<AskedCommand, 'asker' | 'issue'>>

const ASKED = { asker: OWNER, issue: issueOf() }

export function uploadOf(plan = planOf(), asking: Asking = {}): IdeaCommand {
  return { kind: 'upload', plan, ...ASKED, ...asking }
}

export function moveOf(kind: Move | 'cancel', asking: Asking = {}): IdeaCommand {
  return { kind, ...ASKED, ...asking }
}

export function resultOf(
  verdict: Verdict,
  change: Partial<CommandOf<'review-result'>> & { readonly findings?: ReviewResult['findings'] } = {},
): IdeaCommand {
  const { findings = [], ...rest } = change
  return { kind: 'review-result', result: { schema_version: 1, findings, verdict }, convergence: 1, revised: undefined, ...ASKED, ...rest }
}

export function materialiseOf(change: Partial<CommandOf<'materialise'>> = {}): IdeaCommand {
  const made = { target: TARGET, planSha256: planSha256('one'), hash: undefined, keys: KEYS, writer: WRITER, allowMentions: false }
  return { kind: 'materialise', ...made, ...ASKED, ...change }
}

export function syncOf(change: Partial<CommandOf<'sync'>> = {}): IdeaCommand {
  const base = {
    plan: planOf('two'),
    hash: 'a'.repeat(12),
    basePlanSha256: planSha256('one'),
    keys: KEYS,
    writer: WRITER,
    allowMentions: false,
  }
  return { kind: 'sync', ...base, ...ASKED, ...change }
}

/** The plan stands in a file now. */
export function followOf(text = 'one', asking: Asking = {}): IdeaCommand {
  const source = { kind: 'file', path: `plans/${text}.md`, commit: 'c'.repeat(40) } as const
  return { kind: 'follow', plan: planOf(text, { source }), ...ASKED, ...asking }
}

/** Any command that somebody asks, as the idea's owner would of the plan `one`. */
export function commandOf(kind: Asked, asking: Asking = {}): IdeaCommand {
  switch (kind) {
    case 'upload':
      return uploadOf(planOf(), asking)
    case 'review-result':
      return resultOf('approved', asking)
    case 'materialise':
      return materialiseOf(asking)
    case 'sync':
      return syncOf(asking)
    case 'follow':
      return followOf('one', asking)
    default:
      return moveOf(kind, asking)
  }
}

export function closeOf(number: number, isPlanned = true): IdeaCommand {
  return { kind: 'item-closed', number, isPlanned }
}

export function goneOf(number: number): IdeaCommand {
  return { kind: 'item-gone', number }
}

export function reopenOf(number: number): IdeaCommand {
  return { kind: 'item-reopened', number }
}

export function converged(change: Partial<Extract<ConvergeAnswer, { kind: 'converged' }>> = {}): ConvergeAnswer {
  return { kind: 'converged', applied: '{"items":[]}', items: ITEMS, created: 4, changed: 0, conflicts: 0, ...change }
}

export function failed(change: Partial<Extract<ConvergeAnswer, { kind: 'failed' }>> = {}): ConvergeAnswer {
  return {
    kind: 'failed',
    code: 'GONE',
    message: 'The repository is gone.',
    hint: 'Name another.',
    applied: undefined,
    items: {},
    unlistedSince: undefined,
    ...change,
  }
}
