import { bindCommands, selectMembers, selectUnhandled } from '@switchyard/commands'
import { isJsonObject, UserError } from '@switchyard/core'
import { addressOf, type Customer } from '@switchyard/releasing'
import { COMMANDS, FAMILIES } from './command-list.ts'
import type { Door } from './door.ts'
import { numbersOf } from './draw-release.ts'
import { membersOf } from './choose-customers.ts'
import type { Observation } from './observe.ts'
import { commentOf } from './start-runs.ts'

export interface Questioned {
  readonly observation: Observation
  readonly issue: number | undefined
  readonly step: string
  readonly customer: Customer
}

/**
 * Who asked for a run: whoever started its workflow; where that was the toolkit itself, whoever wrote the comment that it names. The
 * name only finds the comment: it counts when it stands on a board of this release, is as it was written, and asks for just this.
 *
 * @throws {UserError} `ASKER_UNKNOWN`
 */
export function findAsker({ given: { context } }: Door, { observation, issue, step, customer }: Questioned): string {
  if (!context.actor.endsWith('[bot]')) return context.actor
  const event = isJsonObject(context.payload) ? context.payload : {}
  const inputs = isJsonObject(event['inputs']) ? event['inputs'] : {}
  const correlation = inputs['correlation-id']
  const id = typeof correlation === 'string' ? commentOf(correlation) : undefined
  const { release, conversation } = observation
  const isBoard = issue !== undefined && release !== null && numbersOf(release).includes(issue)
  const { comments } = selectUnhandled({ cursor: undefined, comments: isBoard ? (conversation?.comments ?? []) : [], families: FAMILIES })
  const found = comments.find(({ comment }) => comment.id === id)
  if (found !== undefined && asksFor(found, { release, step, customer })) return found.comment.author.login
  throw new UserError('ASKER_UNKNOWN', 'No comment on the release’s board asks for this run.', {
    hint: 'Write /step run there, with this step and this customer, and leave the comment as it is.',
  })
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
