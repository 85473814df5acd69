import { sha256 } from '@switchyard/core'
import type { Drawing } from '@switchyard/github/operations'
import type { Observation } from './observe.ts'

/** How every such comment begins. */
export const TOLD = '<!-- switchyard:plan told='

export interface Telling {
  readonly reply: string
  /** What makes it the same once more; left out: its words. */
  readonly about?: string
  /** Who is called; left out: the idea's owner. */
  readonly reader?: string | undefined
}

/** What nobody asked for by a comment is said on the idea's issue, the same only once. */
export function tellOnce(
  { conversation }: Observation,
  { reply, about = reply, reader = conversation.author }: Telling,
): readonly Drawing[] {
  const marker = `${TOLD}${sha256(about).slice(0, 12)} -->`
  if (conversation.comments.some(({ body, isOurs }) => isOurs && body.startsWith(marker))) return []
  const mention = reader === undefined ? '' : `@${reader}\n\n`
  return [{ kind: 'comment', issueId: conversation.nodeId, body: `${marker}\n${mention}${reply}\n` }]
}
