import type { PlanIssue, TreeChange } from './model.ts'

/** GitHub's ceiling of sub-issues under one issue, closed ones included. Source: github-facts 6.4. */
export const MAX_SUB_ISSUES = 100

export type Create = Extract<TreeChange, { kind: 'create' }>
export type Move = Extract<TreeChange, { kind: 'move' }>

export interface OrderInput {
  readonly creates: readonly PlanIssue[]
  /** Parents before their children, as the plan wants them. */
  readonly moves: readonly Move[]
  /** Every issue that is there, by key or another name, with what it stands under. */
  readonly parents: ReadonlyMap<string, string | undefined>
  /** Issues that the plan no longer has, with their numbers: their places are given up where a full parent needs them. */
  readonly spare: ReadonlyMap<string, number>
}

export interface Ordered {
  readonly steps: readonly (Create | Move)[]
  /** Moves that would put an issue below itself, since somebody else moved its new parent there. */
  readonly impossible: readonly Move[]
}

/**
 * Creations in the plan's order, then moves, except where a parent would have more than 100 sub-issues in between: then whatever
 * makes room goes first, and at last dropped issues leave the tree. Never an issue below itself.
 */
export function orderSteps({ creates, moves, parents, spare }: OrderInput): Ordered {
  const tree = new Tree(parents)
  const steps: (Create | Move)[] = []
  let pending: readonly (Create | Move)[] = [...creates.map((issue): Create => ({ kind: 'create', issue })), ...moves]
  const perform = (step: Create | Move): void => {
    steps.push(step)
    tree.put(nodeOf(step), targetOf(step))
  }
  while (pending.length > 0) {
    const waiting = pending.filter((step) => {
      if (!tree.isPossible(step) || tree.isFull(targetOf(step))) return true
      perform(step)
      return false
    })
    if (waiting.length === pending.length) {
      const forced = waiting.find((step) => tree.isPossible(step))
      if (!forced) return { steps, impossible: waiting.filter((step) => step.kind === 'move') }
      const leaving = tree.findLeaving(waiting, spare)
      perform(leaving ?? forced)
      pending = leaving ? waiting : waiting.filter((step) => step !== forced)
    } else pending = waiting
  }
  return { steps, impossible: [] }
}

class Tree {
  readonly #parents: Map<string, string | undefined>
  readonly #counts = new Map<string, number>()

  constructor(parents: ReadonlyMap<string, string | undefined>) {
    this.#parents = new Map(parents)
    for (const parent of parents.values()) this.#add(parent, 1)
  }

  put(node: string, target: string | undefined): void {
    this.#add(this.#parents.get(node), -1)
    this.#parents.set(node, target)
    this.#add(target, 1)
  }

  isFull(target: string | undefined): boolean {
    return target !== undefined && (this.#counts.get(target) ?? 0) >= MAX_SUB_ISSUES
  }

  /** Whether the target is there, and not below what is moved. */
  isPossible(step: Create | Move): boolean {
    const node = nodeOf(step)
    const target = targetOf(step)
    if (target !== undefined && !this.#parents.has(target)) return false
    const passed = new Set<string>()
    for (let at = target; at !== undefined && !passed.has(at); at = this.#parents.get(at)) {
      if (at === node) return false
      passed.add(at)
    }
    return true
  }

  /** A dropped issue under a full parent that a step waits for, made to leave it. */
  findLeaving(waiting: readonly (Create | Move)[], spare: ReadonlyMap<string, number>): Move | undefined {
    const full = new Set(waiting.map(targetOf).filter((target) => this.isFull(target)))
    for (const [key, number] of spare) {
      const from = this.#parents.get(key)
      if (from !== undefined && full.has(from)) return { kind: 'move', key, number, from, to: undefined }
    }
    return undefined
  }

  #add(parent: string | undefined, count: number): void {
    if (parent !== undefined) this.#counts.set(parent, (this.#counts.get(parent) ?? 0) + count)
  }
}

function nodeOf(step: Create | Move): string {
  return step.kind === 'create' ? step.issue.key : step.key
}

function targetOf(step: Create | Move): string | undefined {
  return step.kind === 'create' ? step.issue.parent : step.to
}
