import type { Round } from '../../src/review/model.ts'
import type { CardInput, Item, ShownPlan, Site } from '../../src/render.ts'

export const SITE: Site = { server: 'https://github.example', repository: 'acme/shop', issue: 7 }
const SHA = 'ab12cd34ef56'.repeat(6).slice(0, 64)

export const PLAN: ShownPlan = {
  title: 'Log in with a passkey',
  sha256: SHA,
  source: { kind: 'file', path: 'docs/plans/passkeys.md', commit: '0123456789abcdef0123456789abcdef01234567' },
}

export interface TreeSetting {
  readonly stories?: number
  readonly tasks?: number
  /** Titles of everything. */
  readonly title?: (words: string) => string
  /** Tasks of each story that are done. */
  readonly done?: number
  readonly isMade?: boolean
}

/** An epic with stories whose tasks wait for one another, in one chain a story. */
export function treeOf({ stories = 2, tasks = 3, title = (words) => words, done = 0, isMade = true }: TreeSetting = {}): readonly Item[] {
  let number = 100
  const make = (item: Pick<Item, 'key' | 'parent' | 'level' | 'title' | 'blockedBy'>, isDone = false): Item => {
    number += 1
    const issue = isMade ? { number, url: `https://github.example/acme/shop/issues/${number}` } : { number: undefined, url: undefined }
    return { ...item, title: title(item.title), ...issue, state: isMade ? (isDone ? 'done' : 'open') : 'planned' }
  }
  const items = [make({ key: 'epic', parent: undefined, level: 'epic', title: 'Passkeys', blockedBy: [] })]
  for (let story = 1; story <= stories; story += 1) {
    const key = `story-${story}`
    items.push(make({ key, parent: 'epic', level: 'story', title: `Story ${story}`, blockedBy: [] }))
    for (let task = 1; task <= tasks; task += 1) {
      const blockedBy = task === 1 ? [] : [`${key}-task-${task - 1}`]
      items.push(make({ key: `${key}-task-${task}`, parent: key, level: 'task', title: `Task ${story}.${task}`, blockedBy }, task <= done))
    }
  }
  return items
}

export function roundOf(round: number, parts: Partial<Round> = {}): Round {
  return {
    round,
    reviewer: 'octo-reviewer',
    findings: [
      { severity: 'minor', where: 'story-1', text: 'No word of what happens offline' },
      { severity: 'blocker', where: 'line 12', text: 'The table has no key' },
    ],
    verdict: 'continue',
    convergence: 0.82,
    reviewed_at: '2026-11-21T08:40:00.000Z',
    revised: true,
    ...parts,
  }
}

export function cardOf(parts: Partial<CardInput> = {}): CardInput {
  return { site: SITE, owner: 'octocat', status: 'PLANNED', plan: PLAN, items: treeOf({ done: 1 }), target: 'acme/shop', log: [], ...parts }
}
