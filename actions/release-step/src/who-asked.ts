import { bindCommands, selectMembers, selectUnhandled } from '@switchyard/commands'
import { isAppLogin, isJsonObject, UserError } from '@switchyard/core'
import { addressOf, type Customer } from '@switchyard/releasing'
import { COMMANDS, FAMILIES } from './command-list.ts'
import type { Door } from './door.ts'
import { numbersOf } from './draw-release.ts'
import { membersOf } from './choose-customers.ts'
import type { Observation } from './observe.ts'
import { findRecordedAsker } from './record-ask.ts'
import { commentOf } from './run-correlation.ts'
import { commentKey } from './waiting.ts'

export interface Questioned {
  readonly slug: string
  readonly observation: Observation
  readonly issue: number | undefined
  readonly step: string
  readonly customer: Customer
}

/**
 * Who asked for a run: whoever started its workflow; where that was the toolkit itself, whoever wrote the comment that it names, or
 * filled in the form whose run it names. The name only finds them: a comment counts when it stands on a board of this release, is as
 * it was written, and asks for just this; a form, and a comment that many others have followed, when the ledger has it for just this.
 *
 * @throws {UserError} `ASKER_UNKNOWN`
 */
export async function findAsker(door: Door, { slug, ...questioned }: Questioned): Promise<string> {
  const { context } = door.given
  if (!isAppLogin(context.actor)) return context.actor
  const event = isJsonObject(context.payload) ? context.payload : {}
  const inputs = isJsonObject(event['inputs']) ? event['inputs'] : {}
  const correlation = inputs['correlation-id']
  const named = typeof correlation === 'string' ? correlation : ''
  const id = commentOf(named)
  const { step, customer, issue } = questioned
  const key = id === undefined || issue === undefined ? undefined : commentKey(issue, id)
  const isFar = id === undefined || !isAmongNewest(questioned, id)
  const login = isFar
    ? await findRecordedAsker(door, { slug, step, customer, correlation: named, commentKey: key })
    : findAuthor(questioned, id)
  if (login !== undefined) return login
  throw new UserError('ASKER_UNKNOWN', 'Nobody’s command stands behind this run.', {
    hint: 'Ask for it with /step run on the release’s board.',
  })
}

/** GitHub hands out the newest hundred; between a command and the approval of its run may lie more. */
function isAmongNewest({ observation: { conversation } }: Pick<Questioned, 'observation'>, comment: number): boolean {
  return conversation === undefined || conversation.comments.some(({ id }) => id === comment)
}

function findAuthor({ observation, issue, step, customer }: Omit<Questioned, 'slug'>, id: number): string | undefined {
  const { release, conversation } = observation
  const isBoard = issue !== undefined && release !== null && numbersOf(release).includes(issue)
  const { comments } = selectUnhandled({ cursor: undefined, comments: isBoard ? (conversation?.comments ?? []) : [], families: FAMILIES })
  const found = comments.find(({ comment }) => comment.id === id)
  return found !== undefined && asksFor(found, { release, step, customer }) ? found.comment.author.login : undefined
}

type Found = ReturnType<typeof selectUnhandled>['comments'][number]

function asksFor(
  { parsed }: Found,
  { release, step, customer }: Pick<Questioned, 'step' | 'customer'> & { readonly release: Observation['release'] },
): boolean {
  const bound = bindCommands(COMMANDS, parsed)
  if (!bound.ok) return false
  // With the tags that the inventory has today.
  const members = membersOf({ release, inventory: { clusters: [] } }).map((member) =>
    addressOf(member) === addressOf(customer) ? customer : member,
  )
  return bound.commands.some((command) => {
    if (command.command !== 'step run' || command.arguments.step !== step) return false
    const selected = selectMembers({ audience: command.arguments.customers, members })
    return selected.ok && selected.members.some((member) => addressOf(member) === addressOf(customer))
  })
}
