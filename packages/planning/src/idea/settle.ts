import { toTextRef, truncate } from '@switchyard/core'
import type { ConvergeAnswer, ConvergeEffect, Unlisted } from './command.ts'
import { effectId } from './decide-converge.ts'
import { NOTHING, type PlanDecision } from './decision.ts'
import { MAX_FAILURE } from './limits.ts'
import { keepGone, keepKnown, leavesOf, progressOf, withItems } from './progress.ts'
import type { TreeItem } from './records/parts.ts'
import type { Converging, Idea, PlanState } from './records/state.ts'

/** What became of the issues. An answer that nobody waits for any more changes nothing. */
export function settle({ idea }: PlanState, effect: ConvergeEffect, answer: ConvergeAnswer): PlanDecision {
  if (idea?.converging?.effect_id !== effect.id) return NOTHING
  switch (answer.kind) {
    case 'converged':
      return converged({ ...idea, converging: idea.converging }, effect, answer)
    case 'handed-over':
      return handOver(idea, effect, answer)
    case 'failed':
      return failed(effect, answer)
  }
}

function converged(
  idea: Idea & { readonly converging: Converging },
  { id, target, keys }: ConvergeEffect,
  { applied, items, created, changed, conflicts, found = [], states: followed = [] }: Extract<ConvergeAnswer, { kind: 'converged' }>,
): PlanDecision {
  const { plan } = idea.converging
  const tree = treeOf(keys, items)
  const wanted = new Set(keys.map(([key]) => key))
  const standing = Object.entries(items).flatMap(([key, number]) => (wanted.has(key) ? [number] : []))
  const { gone = [] } = idea
  // What was found is not gone; what was done to it since goes before how it was found.
  const states = [...found.filter(({ number }) => gone.includes(number)), ...followed]
  const lost = keepGone(gone, { items: standing, states })
  const data = {
    effect_id: id,
    plan,
    target,
    applied: toTextRef(applied),
    tree,
    dropped: Object.fromEntries(Object.entries(items).filter(([key]) => !wanted.has(key))),
    created,
    changed,
    conflicts,
    // A review is of the plan that it read.
    superseded_rounds: plan.sha256 === idea.plan?.sha256 ? 0 : idea.rounds.length,
    progress: progressOf({ leaves: leavesOf(tree), items: standing }, withItems(keepKnown(idea, standing), states), lost.length),
    ...(states.length > 0 && { states }),
  }
  return { events: [{ type: 'plan.converged', data }], effects: [], texts: [applied] }
}

function treeOf(keys: ConvergeEffect['keys'], items: Readonly<Record<string, number>>): TreeItem[] {
  return keys.map(([key, level, parent]) => [key, level, parent, Object.hasOwn(items, key) ? (items[key] ?? null) : null])
}

function handOver(
  { converges }: Idea,
  effect: ConvergeEffect,
  { writer, since }: Extract<ConvergeAnswer, { kind: 'handed-over' }>,
): PlanDecision {
  const next = { ...effect, id: effectId(converges + 1), writer, unlisted: unlistedOf(effect, since), is_handed_over: true }
  return {
    events: [{ type: 'plan.converge-handed-over', data: { effect_id: effect.id, next_effect_id: next.id, writer } }],
    effects: [next],
  }
}

/** What an effect may leave behind: its own issues, and those of whoever tried before it. */
function unlistedOf({ writer, unlisted }: ConvergeEffect, since: number): Unlisted {
  const writers = [...(unlisted?.writers ?? []), ...(writer === null ? [] : [writer])]
  return { since, writers: [...new Map(writers.map((one) => [one.id, one])).values()] }
}

function failed(effect: ConvergeEffect, answer: Extract<ConvergeAnswer, { kind: 'failed' }>): PlanDecision {
  const { id, target } = effect
  const { code, message, hint, applied, items, unlistedSince } = answer
  const error = { code, message: truncate(message, MAX_FAILURE), hint: truncate(hint, MAX_FAILURE) }
  const unlisted = unlistedSince === undefined ? null : unlistedOf(effect, unlistedSince)
  const made = applied === undefined ? { applied: null, items: null } : { applied: toTextRef(applied), items: { ...items } }
  return {
    events: [{ type: 'plan.converge-failed', data: { effect_id: id, target, error, ...made, unlisted } }],
    effects: [],
    texts: applied === undefined ? [] : [applied],
  }
}
