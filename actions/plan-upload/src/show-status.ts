import { countOf, joinSentences, type UserError } from '@switchyard/core'
import { isUnplanned, type TreeIssue } from '@switchyard/github/operations'
import { decideProgress, type Item, renderStatus } from '@switchyard/planning/render'
import { itemsOf } from './card.ts'
import type { Door } from './door.ts'
import { ideaOf } from './observe.ts'
import { showStart } from './show-start.ts'
import type { Scene, Told } from './scene.ts'
import { isClosed, sayRemedy } from './closed-target.ts'
import { explainUnseen, placedTarget } from './target.ts'

/** How far a plan is, what is blocked, and the critical path, as GitHub has its issues now. */
export async function showStatus(door: Door, scene: Scene): Promise<Told> {
  const {
    observation: { subject },
    loaded,
  } = scene
  const idea = ideaOf(loaded, subject)
  if (!idea?.plan) return showStart(scene)
  const { items, unseen } = await liveItems(door, { idea, loaded })
  const { counts, blocked, skipped, gone } = decideProgress(items)
  return {
    decision: 'done',
    reasonCode: 'shown',
    headline: `${counts.done} of ${countOf(counts.total, 'task')} of “${idea.plan.title}” done, ${blocked.length} blocked${gone.length === 0 ? '' : `, ${gone.length} gone`}.${unseen === undefined ? '' : ` Not as it is now: ${unseen.message}`}`,
    reply: renderStatus({
      title: idea.plan.title,
      status: idea.status,
      items,
      unseen: unseen && joinSentences(unseen.message, sayRemedy(unseen)),
    }),
    result: {
      done: counts.done,
      not_planned: skipped,
      gone: gone.length,
      total: counts.total,
      blocked: blocked.map(({ item }) => item.key),
      ...(unseen && { unseen: unseen.code }),
    },
    loaded,
    isChange: false,
  }
}

interface Live {
  readonly items: readonly Item[]
  /** Why they are as the ledger has them; undefined: they are as GitHub has them. */
  readonly unseen?: UserError
}

/** What somebody closed a moment ago may not be in the ledger yet. Where nobody can look, the ledger answers. */
async function liveItems(door: Door, shown: Parameters<typeof itemsOf>[1]): Promise<Live> {
  const { target, items: made } = shown.idea
  const numbers = Object.values(made)
  if (target === null || numbers.length === 0) return { items: await itemsOf(door, shown) }
  const { readIssuesByNumber } = await import('@switchyard/github/operations')
  const place = placedTarget(door, target)
  const [items, seen] = await Promise.all([
    itemsOf(door, shown),
    readIssuesByNumber(place.github, place, numbers).catch(explainUnseen(place)).catch(orUnseen),
  ])
  return 'unseen' in seen ? { items, unseen: seen.unseen } : { items: items.map((item) => liveItem(item, seen)) }
}

function orUnseen(error: unknown): { readonly unseen: UserError } {
  if (isClosed(error)) return { unseen: error }
  throw error
}

function liveItem(item: Item, seen: ReadonlyMap<number, TreeIssue>): Item {
  const live = seen.get(item.number ?? 0)
  if (item.number === undefined || item.state === 'dropped') return item
  if (live === undefined) return { ...item, state: 'gone', url: undefined }
  return { ...item, url: live.url, state: live.isOpen ? 'open' : isUnplanned(live.stateReason) ? 'skipped' : 'done' }
}
