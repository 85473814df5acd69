import { createRoles, type Roles } from '@switchyard/github'
import { commandKey, handledKey } from './comment-keys.ts'
import type { Door } from './door.ts'
import { type Early, lookEarly, type Observation, observe, type ObserveWishes } from './observe.ts'
import type { Mode, Wish } from './wish.ts'

/** What people wait for most asks this before anything else: it is on its way while all that goes on from the answer loads. */
export interface FirstLook {
  readonly early: Early
  readonly seen: Observation
  readonly roles: Roles
}

/** A request, or what is said about one. */
export type Asked = Extract<Wish, { kind: 'converse' }> | (Extract<Wish, { kind: 'mode' }> & { readonly mode: AskedMode })
export type AskedMode = Extract<Mode, 'preview' | 'create' | 'retry'>

/** @throws {UserError} `REQUEST_INVALID` when nothing says what is wanted. */
export async function lookFirst(door: Door, asked: Asked): Promise<FirstLook> {
  const early = lookEarly(door, asked.issue)
  const roles = createRoles(door.github, door.given.context.repository)
  const observing = observe(door, { ...ofLedger(door, asked, early), files: early.files, issue: asked.issue?.number })
  // Most often whoever started the run is the one to be judged; whoever needs the answer meets its error.
  if (asked.kind === 'converse' || asked.mode !== 'preview') roles.of(door.given.context.actor).catch(() => undefined)
  return { early, seen: await observing, roles }
}

function ofLedger(
  door: Door,
  asked: Asked,
  { subject, issueSubject: own = '' }: Early,
): Pick<ObserveWishes, 'subjects' | 'idempotencyKeys'> {
  const subjects = subject === undefined ? [] : [subject]
  if (asked.kind === 'converse') {
    // Most often the event's own comment is the one to be carried out.
    const key = commandKey(own, { comment: asked.comment, index: 0 })
    return { subjects: [...subjects, own], idempotencyKeys: [key, handledKey(key)] }
  }
  return asked.mode === 'preview' ? { subjects: [] } : { subjects, idempotencyKeys: [requestKey(door, asked.mode)] }
}

/** The workflow run itself is what is asked once. */
export function requestKey({ given: { inputs, context } }: Door, mode: 'create' | 'retry'): string {
  return `${mode} run ${context.repository.id} ${context.run.id} ${context.run.job} ${inputs.owner ?? ''}/${inputs.name ?? ''} ${inputs.requestPath ?? ''}`
}
