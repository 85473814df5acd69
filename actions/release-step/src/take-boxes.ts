import { decidePermission, getDefinition } from '@switchyard/commands'
import { escapeMarkdown, inlineCode, sha256 } from '@switchyard/core'
import { type Drawing, type IssueSurface, readComments } from '@switchyard/github/operations'
import type { CommandRequest } from '@switchyard/ledger'
import {
  addressOf,
  type BoxEdit,
  type Command,
  type Customer,
  customerSubject,
  matrixDocument,
  releaseSubject,
} from '@switchyard/releasing'
import { type Change, MAX_BODY, type Refused, type Tick } from '@switchyard/releasing/render'
import { changesOf } from './answers.ts'
import { COMMANDS } from './command-list.ts'
import type { Door } from './door.ts'
import { membersOf } from './choose-customers.ts'
import { boxKey } from './likely-boxes.ts'
import { type Observation, readInventory } from './observe.ts'
import type { Roles } from '@switchyard/github'
import { readRules } from './rules.ts'
import { transact } from './transact.ts'

export interface Taking {
  readonly slug: string
  readonly ticks: readonly Tick[]
  /** Who clicked. */
  readonly by: string
  /** Names the edit: it is acted on once. */
  readonly key: string
  readonly edited: BoxEdit
  readonly observation: Pick<Observation, 'loaded' | 'release' | 'control'>
  readonly roles: Roles
}

export interface Taken {
  readonly changes: readonly Change[]
  readonly refused: readonly { readonly refused: Refused; readonly text: string }[]
  /** undefined: there was nothing to record. */
  readonly loaded: Observation['loaded'] | undefined
}

const NOTHING_TAKEN: Taken = { changes: [], refused: [], loaded: undefined }

/** Records boxes as their commands would be: by the right of whoever clicked, each refused alone, and in one commit where none is. */
export async function takeBoxes(door: Door, taking: Taking): Promise<Taken> {
  const { slug, ticks, observation } = taking
  if (ticks.length === 0) return NOTHING_TAKEN
  const members = new Map(
    membersOf({ release: observation.release, inventory: await readInventory(door, observation) }).map((customer) => [
      addressOf(customer),
      customer,
    ]),
  )
  const chosen = ticks.flatMap((tick) => {
    const customer = members.get(tick.address)
    return customer === undefined ? [] : [{ tick, customer }]
  })
  if (chosen.length === 0) return NOTHING_TAKEN
  const forbidden = await findForbidden(taking, chosen)
  if (forbidden !== undefined) return { changes: [], refused: [refuse(undefined, forbidden)], loaded: undefined }
  const groups = chosen.map((marked) => ({ tick: marked.tick, requests: [requestOf(taking, marked)] }))
  const { dryRun: isDryRun } = door.given.inputs
  const { results, loaded } = await transact(door, groups, { loaded: observation.loaded, documents: [matrixDocument(slug)], isDryRun })
  return {
    changes: results.flatMap((result) => (result.kind === 'done' ? changesOf(result.events) : [])),
    refused: results.flatMap((result, nth) => (result.kind === 'rejected' ? [refuse(groups[nth]?.tick, result.rejection)] : [])),
    loaded: isDryRun ? undefined : loaded,
  }
}

interface Marked {
  readonly tick: Tick
  readonly customer: Customer
}

function requestOf({ slug, by, key, edited }: Taking, { tick: { address, step, checked }, customer }: Marked): CommandRequest<Command> {
  return {
    subject: customerSubject(slug, customer),
    reads: [releaseSubject(slug)],
    idempotencyKey: boxKey(key, { address, step }),
    actor: { login: by, kind: 'user' },
    command: { kind: 'tick', step, checked, edited },
  }
}

/** A tick needs the right of its command. All or nothing, as for a comment. */
async function findForbidden({ by, observation, roles }: Taking, chosen: readonly Marked[]): Promise<Refused['rejected'] | undefined> {
  const [rules, actor] = await Promise.all([readRules(observation), roles.of(by)])
  for (const command of ['step done', 'step revert'] as const) {
    const members = chosen.filter(({ tick }) => tick.checked === (command === 'step done')).map(({ customer }) => customer)
    if (members.length === 0) continue
    const decided = decidePermission({ rules, definition: getDefinition(COMMANDS, command), members, actor })
    if (!decided.allowed) return { code: 'NOT_ALLOWED', message: decided.message, hint: decided.hint }
  }
  return undefined
}

function refuse(tick: Tick | undefined, rejected: Refused['rejected']): Taken['refused'][number] {
  const what = tick === undefined ? '' : `${inlineCode(tick.step)} of ${inlineCode(tick.address)}: `
  return {
    refused: { command: tick === undefined ? undefined : `${tick.checked ? 'tick' : 'untick'} ${tick.step} ${tick.address}`, rejected },
    text: `${what}${escapeMarkdown(rejected.message)} ${escapeMarkdown(rejected.hint)}`,
  }
}

export interface Explaining {
  readonly login: string
  readonly surface: IssueSurface | undefined
  readonly said: readonly string[]
  /** Names the edit, for whoever comes to it again. */
  readonly key: string
}

/** A comment to whoever clicked; none where nothing is to be said. */
export function explainTo({ login, surface, said, key }: Explaining): readonly Drawing[] {
  if (said.length === 0 || surface === undefined) return []
  const body = `${explainMarker(key)}\n@${login}\n\n${said.map((text) => `- ${text}`).join('\n')}\n`
  return [{ kind: 'comment', issueId: surface.nodeId, body: body.slice(0, MAX_BODY) }]
}

function explainMarker(key: string): string {
  return `<!-- switchyard:release ticks=${sha256(key).slice(0, 16)} -->`
}

/** Whether an earlier attempt of this run has said on the issue what is to be said of the edit: a refusal leaves no record. */
export async function isExplained(door: Door, issue: number, key: string): Promise<boolean> {
  if (door.given.context.run.attempt === 1) return false
  const comments = (await readComments(door.github, door.given.context.repository, { issue }))?.comments ?? []
  return comments.some(({ body, isOurs }) => isOurs && body.startsWith(explainMarker(key)))
}

const MAX_NAMED = 10

export function nameBoxes(ticks: readonly Tick[]): string {
  const names = ticks.slice(0, MAX_NAMED).map(({ address, step }) => `${inlineCode(step)} of ${inlineCode(address)}`)
  return [...names, ...(ticks.length > names.length ? [`${ticks.length - names.length} more`] : [])].join(', ')
}
