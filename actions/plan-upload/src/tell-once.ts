import { sha256 } from '@switchyard/core'
import type { Drawing } from '@switchyard/github/operations'
import type { Observation } from './observe.ts'
import type { Told } from './scene.ts'

/** How every such comment begins. */
export const TOLD = '<!-- switchyard:plan told='

/** What nobody asked for by a comment is said on the idea's issue, the same only once. */
export function tellOnce({ conversation }: Observation, { reply }: Pick<Told, 'reply'>): readonly Drawing[] {
  const marker = `${TOLD}${sha256(reply).slice(0, 12)} -->`
  if (conversation.comments.some(({ body, isOurs }) => isOurs && body.startsWith(marker))) return []
  const mention = conversation.author === undefined ? '' : `@${conversation.author}\n\n`
  return [{ kind: 'comment', issueId: conversation.nodeId, body: `${marker}\n${mention}${reply}\n` }]
}
