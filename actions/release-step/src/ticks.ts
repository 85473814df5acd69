import type { Outcome } from '@switchyard/action'
import { decidePermission, getDefinition } from '@switchyard/commands'
import { escapeMarkdown, inlineCode, UserError } from '@switchyard/core'
import type { CommandRequest } from '@switchyard/ledger'
import { addressOf, type Command, type Customer, customerSubject, type Matrix, matrixDocument, releaseSubject } from '@switchyard/releasing'
import { bodyHash, type Change, readTicks, type Refused, type Tick } from '@switchyard/releasing/render'
import { changesOf } from './answers.ts'
import { COMMANDS } from './command-list.ts'
import type { Door } from './door.ts'
import { drawAll, drawRelease, pictureOf } from './draw-release.ts'
import { membersOf } from './expand.ts'
import type { FirstLook } from './first-look.ts'
import { type Observation, readInventory } from './observe.ts'
import type { Roles } from './roles.ts'
import { readRules } from './rules.ts'
import type { Spec } from './run.ts'
import { summarise } from './summarise.ts'
import { readSurfaces } from './surfaces.ts'
import { transact } from './transact.ts'
import type { Wish } from './wish.ts'

type TickWish = Extract<Wish, { kind: 'ticks' }>

/**
 * Boxes that somebody ticked are done, those unticked reverted, in one commit; anything else that was edited is put back and
 * explained. A redraw may have changed the board since: what counts is the difference between the event's own two texts.
 */
export async function takeTicks(door: Door, wish: TickWish, { observation, roles }: FirstLook): Promise<Outcome<Spec>> {
  const { slug, issue, from, to } = wish
  const picture = pictureOf(observation.loaded, slug)
  if (picture === undefined) {
    throw new UserError('RELEASE_NOT_FOUND', `The board of issue #${issue} is of the release ${slug}, which the ledger does not have.`, {
      hint: 'Check `ledger-branch` and `ledger-repository`.',
    })
  }
  const { ticks, isOtherwiseChanged } = readTicks(from, to)
  const wanted = ticks.filter((tick) => tick.checked !== isDone(picture.matrix, tick))
  const taken = await take(door, { wish, ticks: wanted, observation, roles })
  const said = [
    ...taken.refused.map(({ text }) => text),
    ...(isOtherwiseChanged
      ? ['Only boxes are taken from an edit of the board: everything else was put back. Write commands in a comment; `/help` lists them.']
      : []),
  ]
  const loaded = taken.loaded ?? observation.loaded
  const { board } = await drawRelease(door, { slug, loaded, control: observation.control })
  if (said.length > 0) await explain(door, wish, said)
  return summarise({ slug, loaded, changes: taken.changes, refused: taken.refused.map(({ refused }) => refused), isDryRun: false, board })
}

/** Whether a box of this copy is ticked on the board: only done is. */
function isDone({ steps, customers }: Matrix, { address, step }: Tick): boolean {
  const row = customers[address]
  const at = steps.findIndex((name) => name === step || name === `-${step}`)
  return (at < 0 ? row?.customs[step] : row?.cells[at]) === 'd'
}

interface Taken {
  readonly changes: readonly Change[]
  readonly refused: readonly { readonly refused: Refused; readonly text: string }[]
  readonly loaded: Observation['loaded'] | undefined
}

interface Taking {
  readonly wish: TickWish
  readonly ticks: readonly Tick[]
  readonly observation: Observation
  readonly roles: Roles
}

async function take(door: Door, { wish, ticks, observation, roles }: Taking): Promise<Taken> {
  if (ticks.length === 0) return { changes: [], refused: [], loaded: undefined }
  const { slug, issue, from, to, sender } = wish
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
  const forbidden = await findForbidden(door, { sender, observation, roles, chosen })
  if (forbidden !== undefined) return { changes: [], refused: [refuse(undefined, forbidden)], loaded: undefined }
  // The same click may come again from the same body within a second: an event has a run of its own, and its repetition the same.
  const key = `tick ${issue} ${bodyHash(from)} ${bodyHash(to)} ${sender} run ${door.given.context.run.id}`
  const groups = chosen.map(({ tick, customer }) => ({ tick, requests: [requestOf({ tick, customer, slug, key, sender })] }))
  const { results, loaded } = await transact(door, groups, { loaded: observation.loaded, documents: [matrixDocument(slug)] })
  return {
    changes: results.flatMap((result) => (result.kind === 'done' ? changesOf(result.events) : [])),
    refused: results.flatMap((result, nth) => (result.kind === 'rejected' ? [refuse(groups[nth]?.tick, result.rejection)] : [])),
    loaded,
  }
}

interface Marked {
  readonly tick: Tick
  readonly customer: Customer
}

function requestOf({
  tick,
  customer,
  slug,
  key,
  sender,
}: Marked & { readonly slug: string; readonly key: string; readonly sender: string }): CommandRequest<Command> {
  const command: Command = tick.checked ? { kind: 'done', step: tick.step, notes: null } : { kind: 'revert', step: tick.step, reason: null }
  return {
    subject: customerSubject(slug, customer),
    reads: [releaseSubject(slug)],
    idempotencyKey: `${key} ${tick.address} ${tick.step}`,
    actor: { login: sender, kind: 'user' },
    command,
  }
}

/** A tick needs the right of its command. All or nothing, as for a comment. */
async function findForbidden(
  door: Door,
  {
    sender,
    observation,
    roles,
    chosen,
  }: Pick<Taking, 'observation' | 'roles'> & { readonly sender: string; readonly chosen: readonly Marked[] },
): Promise<Refused['rejected'] | undefined> {
  const [rules, actor] = await Promise.all([readRules(door, observation), roles.of(sender)])
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

async function explain(door: Door, { issue, sender }: TickWish, said: readonly string[]): Promise<void> {
  const { issues } = await readSurfaces(door, [issue], { withBodies: false })
  const surface = issues.get(issue)
  if (surface === undefined) return
  const body = `<!-- switchyard:release ticks -->\n@${sender}\n\n${said.map((text) => `- ${text}`).join('\n')}\n`
  await drawAll(door, [{ kind: 'comment', issueId: surface.nodeId, body: body.slice(0, 60_000) }])
}
