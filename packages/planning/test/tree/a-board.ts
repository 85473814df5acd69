import {
  type AppliedIssue,
  decideDifference,
  matchIssues,
  MAX_BODY,
  nextApplied,
  type PlanIssue,
  renderBody,
  renderRewrite,
  type SeenIssue,
  type SortingChange,
  type TreeChange,
  type TreeDifference,
} from '../../src/tree.ts'

export const SUBJECT = 'repo-7~issue-12'

interface BoardIssue {
  readonly number: number
  title: string
  body: string
  isOpen: boolean
  isNotPlanned: boolean
  parent: number | undefined
  readonly blockers: Set<number>
  readonly labels: Set<string>
  readonly assignees: Set<string>
  milestone: string | undefined
}

/** The issues of a repository, as simple as can be, that refuses what GitHub refuses. */
export class Board {
  readonly issues = new Map<number, BoardIssue>()
  applied: readonly AppliedIssue[] = []
  #last = 100

  get seen(): readonly SeenIssue[] {
    return [...this.issues.values()].map(({ blockers: _, labels, assignees, milestone, ...issue }) => ({
      ...issue,
      sorting: { labels: named(labels), milestone, assignees: named(assignees) },
      nodeId: `I_${issue.number}`,
      url: `u/${issue.number}`,
    }))
  }

  get(key: string): BoardIssue {
    const number = this.applied.find((item) => item.key === key)?.number
    const issue = this.issues.get(number ?? 0)
    if (!issue) throw new Error(`No issue ${key}`)
    return issue
  }

  /** Somebody opens an issue of their own. */
  open(issue: Partial<Omit<BoardIssue, 'number' | 'blockers' | 'labels' | 'assignees'>> = {}): number {
    const number = (this.#last += 1)
    this.issues.set(number, {
      title: 'Theirs',
      body: '',
      isOpen: true,
      isNotPlanned: false,
      parent: undefined,
      milestone: undefined,
      ...issue,
      number,
      blockers: new Set(),
      labels: new Set(),
      assignees: new Set(),
    })
    return number
  }

  differ(wanted: readonly PlanIssue[]): TreeDifference {
    return decideDifference({ subject: SUBJECT, applied: this.applied, wanted, seen: this.seen })
  }

  /** Makes the issues what the plan wants, as far as nothing forbids it. Killed after some steps it writes nothing down. */
  sync(wanted: readonly PlanIssue[], killedAfter = Number.POSITIVE_INFINITY): TreeDifference {
    const difference = this.differ(wanted)
    const before = this.seen
    const { issues } = matchIssues({ subject: SUBJECT, applied: this.applied, seen: before })
    const numbers = new Map([...issues].map(([key, { number }]) => [key, number]))
    for (const [at, change] of difference.changes.entries()) {
      if (at >= killedAfter) return difference
      this.#carryOut(change, { numbers, before })
    }
    this.applied = nextApplied({ subject: SUBJECT, applied: this.applied, wanted, seen: before, done: difference.changes, numbers })
    return difference
  }

  #carryOut(change: TreeChange, { numbers, before }: { numbers: Map<string, number>; before: readonly SeenIssue[] }): void {
    const at = (key: string): number => {
      const number = numbers.get(key)
      if (number === undefined || !this.issues.has(number)) throw new Error(`${change.kind}: nothing is there under ${key}`)
      return number
    }
    switch (change.kind) {
      case 'create': {
        const { key, parent, title, section, sorting } = change.issue
        const number = this.open({ title, body: renderBody({ subject: SUBJECT, key, section }), milestone: sorting?.milestone })
        for (const label of sorting?.labels ?? []) this.#issue(number).labels.add(label)
        for (const login of sorting?.assignees ?? []) this.#issue(number).assignees.add(login)
        if (parent !== undefined) this.#put(number, at(parent))
        numbers.set(key, number)
        return
      }
      case 'edit':
      case 'rename':
      case 'revive': {
        const issue = this.#issue(change.number)
        const seen = before.find(({ number }) => number === change.number)
        const { title, body } = renderRewrite(change, { body: seen?.body ?? '' })
        if ((body ?? '').length > MAX_BODY) throw new Error('The body is too long')
        issue.title = title ?? issue.title
        issue.body = body ?? issue.body
        if (change.kind === 'revive') Object.assign(issue, { isOpen: true, isNotPlanned: false })
        numbers.set(change.issue.key, change.number)
        return
      }
      case 'move':
        return this.#put(change.number, change.to === undefined ? undefined : at(change.to))
      // A board has no order.
      case 'place':
        return
      case 'drop':
        Object.assign(this.#issue(change.number), { isOpen: false, isNotPlanned: true })
        return
      case 'link':
        this.#issue(at(change.key)).blockers.add(at(change.blocker))
        return
      case 'unlink':
        this.#issue(at(change.key)).blockers.delete(at(change.blocker))
        return
      case 'sort':
        for (const number of change.numbers) sort(this.#issue(number), change)
    }
  }

  #issue(number: number): BoardIssue {
    const issue = this.issues.get(number)
    if (!issue) throw new Error(`No issue #${number}`)
    return issue
  }

  #put(number: number, parent: number | undefined): void {
    for (let above = parent; above !== undefined; above = this.issues.get(above)?.parent) {
      if (above === number) throw new Error(`#${number} below itself`)
    }
    if ([...this.issues.values()].filter((issue) => parent !== undefined && issue.parent === parent).length >= 100) {
      throw new Error(`#${parent} has 100 sub-issues`)
    }
    this.#issue(number).parent = parent
  }
}

function named(names: ReadonlySet<string>): readonly { readonly id: string; readonly name: string }[] {
  return [...names].map((name) => ({ id: `id of ${name}`, name }))
}

function sort(issue: BoardIssue, { add, remove, milestone }: SortingChange): void {
  for (const name of add.labels) issue.labels.add(name)
  for (const name of add.assignees) issue.assignees.add(name)
  for (const name of remove.labels) issue.labels.delete(name)
  for (const name of remove.assignees) issue.assignees.delete(name)
  if (milestone !== undefined) issue.milestone = milestone.to
}
