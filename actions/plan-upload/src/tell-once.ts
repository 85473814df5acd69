import { sha256 } from '@switchyard/core'
import type { Drawing } from '@switchyard/github/operations'
import { planSha256 } from '@switchyard/planning'
import { renderOrigin } from '@switchyard/planning/render'
import type { Door } from './door.ts'
import { isApp } from './starters.ts'
import type { Observation } from './observe.ts'
import { findWritten } from './plan-source.ts'
import type { PushedPlan } from './pushed-plans.ts'
import type { Told } from './scene.ts'
import { siteOf } from './site.ts'

interface News {
  readonly told: Told
  /** undefined: the issue's own text was written. */
  readonly pushed: PushedPlan | undefined
}

/**
 * What nobody asked for by a comment is said on the idea's issue: the same of the same text only once, whichever commit it comes with. It
 * calls whoever can do something about it.
 */
export function tellOnce(door: Door, { conversation }: Observation, { told, pushed }: News): readonly Drawing[] {
  const { context } = door.given
  const text = pushed?.text ?? findWritten(door, conversation) ?? ''
  const { reasonCode, headline, outputs, reply, isForOwner = false } = told
  const about = JSON.stringify([reasonCode, headline, outputs?.hash ?? '', pushed?.path ?? '', planSha256(text)])
  const marker = `<!-- switchyard:plan told=${sha256(about).slice(0, 12)} -->`
  if (conversation.comments.some(({ body, isOurs }) => isOurs && body.startsWith(marker))) return []
  const by = context.actor
  const reader = isForOwner || isApp(by) ? conversation.author : by
  const origin =
    pushed === undefined && by === conversation.author
      ? ''
      : renderOrigin({ by, pushed: pushed && { path: pushed.path, commit: context.sha } }, siteOf(door, conversation.number))
  const parts = [reader === undefined ? '' : `@${reader}`, origin, reply].filter((part) => part !== '')
  return [{ kind: 'comment', issueId: conversation.nodeId, body: `${marker}\n${parts.join('\n\n')}\n` }]
}
