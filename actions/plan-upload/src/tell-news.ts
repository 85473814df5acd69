import { isAppLogin } from '@switchyard/core'
import type { Drawing } from '@switchyard/github/operations'
import { planSha256 } from '@switchyard/planning'
import { renderOrigin } from '@switchyard/planning/render'
import type { Door } from './door.ts'
import type { Observation } from './observe.ts'
import { findWritten } from './plan-source.ts'
import type { PushedPlan } from './pushed-plans.ts'
import type { Told } from './scene.ts'
import { siteOf } from './site.ts'
import { tellOnce } from './tell-once.ts'

interface News {
  readonly told: Told
  /** undefined: the issue's own text was written. */
  readonly pushed: PushedPlan | undefined
}

/**
 * What a pushed plan, or the idea's form, came to: the same of the same text only once, whichever commit it comes with. It calls whoever
 * can do something about it.
 */
export function tellNews(door: Door, observation: Observation, { told, pushed }: News): readonly Drawing[] {
  const { context } = door.given
  const { conversation } = observation
  const text = pushed?.text ?? findWritten(door, conversation) ?? ''
  const { reasonCode, headline, outputs, reply, isForOwner = false } = told
  const by = context.actor
  const isOwn = pushed === undefined && by === conversation.author
  const commit = pushed && { path: pushed.path, commit: context.sha }
  const origin = isOwn ? '' : `${renderOrigin({ by, pushed: commit }, siteOf(door, conversation.number))}\n\n`
  return tellOnce(observation, {
    reply: `${origin}${reply}`,
    about: JSON.stringify([reasonCode, headline, outputs?.hash ?? '', pushed?.path ?? '', planSha256(text)]),
    reader: isForOwner || isAppLogin(by) ? conversation.author : by,
  })
}
