import { isRejection, type Recorded, type Rejection, type RunRef } from '@switchyard/core'
import type { GroupResult } from '@switchyard/ledger'
import { isHandled, matrixDocument, type ReleaseEvent, releaseSubject } from '@switchyard/releasing'
import type { Door, ReleaseLoaded } from './door.ts'
import type { Observation } from './observe.ts'
import type { ReleaseGroup, ReleasePart } from './requests.ts'
import { NO_EFFECTS } from './transact.ts'
import type { Understood } from './understand.ts'
import { commentKey, cursorOf } from './waiting.ts'

/** What became of one comment. */
export type Settled =
  /** `events` empty: it asked for no change. */
  | { readonly kind: 'done'; readonly events: readonly Recorded<ReleaseEvent>[]; readonly owner: RunRef | undefined }
  | { readonly kind: 'rejected'; readonly rejection: Rejection['rejected']; readonly owner: RunRef | undefined }

export interface SettledAll {
  readonly results: ReadonlyMap<Understood, Settled>
  readonly loaded: ReleaseLoaded
}

/**
 * Comments in their order, in one commit: each has its own outcome, which is what it would be had it come alone, and which the ledger
 * keeps. What is only to be shown, or said beforehand, is judged where it stands among the others.
 */
export async function settle(
  door: Door,
  understood: readonly Understood[],
  { loaded, slug, issue = 0 }: Pick<Observation, 'loaded' | 'slug' | 'issue'>,
): Promise<SettledAll> {
  const asking = understood.filter(({ asked }) => asked !== undefined)
  if (slug === undefined || !asking.some(({ isRecorded, isDryRun }) => isRecorded || isDryRun)) {
    return { results: new Map(asking.map((one) => [one, judge(one, loaded)])), loaded }
  }
  const groups = asking.map((one) => groupOf(one, { slug, issue }))
  const done = await door.ledger.performGroups({
    handlers: NO_EFFECTS,
    groups,
    subjects: [releaseSubject(slug)],
    documents: [matrixDocument(slug)],
    loaded,
  })
  const results = new Map(
    asking.flatMap((one, at): readonly (readonly [Understood, Settled])[] => {
      const result = done.results[at]
      return result === undefined ? [] : [[one, toSettled(result, one)]]
    }),
  )
  return { results, loaded: done.loaded }
}

/** What is only shown asks nothing of the ledger. */
function judge({ asked }: Understood, loaded: ReleaseLoaded): Settled {
  for (const part of asked?.parts ?? []) {
    const made = part((subject) => loaded.getState(subject))
    if (isRejection(made)) return { kind: 'rejected', rejection: made.rejected, owner: undefined }
  }
  return { kind: 'done', events: [], owner: undefined }
}

interface Place {
  readonly slug: string
  readonly issue: number
}

function groupOf({ comment, asked, isRecorded }: Understood, { slug, issue }: Place): ReleaseGroup {
  const subject = releaseSubject(slug)
  const cursor = cursorOf(comment)
  const handled = (refused: Rejection['rejected'] | null): ReturnType<ReleasePart> => [
    { subject, command: { kind: 'handle-comments', issue, cursor, refused } },
  ]
  const inOrder: ReleasePart = (stateOf) => {
    const last = stateOf(subject).release?.cursors[issue]
    return last !== undefined && isHandled(cursor, last) ? PASSED_OVER : []
  }
  const parts = asked?.parts ?? []
  return {
    idempotencyKey: commentKey(issue, comment.id),
    actor: { login: comment.author.login, kind: 'user' },
    isDryRun: !isRecorded,
    parts: isRecorded ? [inOrder, ...parts, () => handled(null)] : parts,
    refusal: (rejected, stateOf) => {
      const told = stateOf(subject).release === null ? [] : handled(rejected)
      return isRejection(told) ? [] : told
    },
  }
}

const PASSED_OVER: Rejection = {
  rejected: {
    code: 'PASSED_OVER',
    message: 'Commands that were written later were carried out before this one was seen, so it is not carried out any more.',
    hint: 'Write it in a new comment if it is still meant.',
  },
}

function toSettled(result: GroupResult<ReleaseEvent>, { isRecorded }: Understood): Settled {
  const owner = isRecorded ? result.events[0]?.run : undefined
  if (result.kind === 'rejected') return { kind: 'rejected', rejection: result.rejection, owner }
  const refused = result.events.flatMap((event) => (event.type === 'release.comments-handled' ? (event.data.refused ?? []) : []))[0]
  return refused === undefined ? { kind: 'done', events: result.events, owner } : { kind: 'rejected', rejection: refused, owner }
}
