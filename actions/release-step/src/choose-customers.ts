import { type Audience, isMatch, isSingle, type PlacedSelector, selectMembers } from '@switchyard/commands'
import { UserError } from '@switchyard/core'
import { addressOf, type Customer, type Inventory } from '@switchyard/releasing'
import type { Scene } from './scene.ts'

/** Customers and their clusters that are active. */
export function activeOf({ clusters }: Inventory): readonly Customer[] {
  return clusters.filter(({ active }) => active).flatMap(({ customers }) => customers.filter(({ active }) => active))
}

/** Active customers that selectors choose. One that is named and inactive is refused by name; of a pattern's, the active ones are meant. */
export function chooseActive(audience: Audience, { inventory }: Scene): readonly Customer[] {
  const active = new Set(activeOf(inventory))
  const chosen = chooseAmong(
    audience,
    inventory.clusters.flatMap(({ customers }) => customers),
  )
  const named = audience.selectors.filter(isSingle)
  const inactive = chosen.filter((customer) => !active.has(customer) && named.some((selector) => isMatch(selector, customer)))
  if (inactive.length > 0) throw notActive(inactive)
  const left = chosen.filter((customer) => active.has(customer))
  if (left.length === 0) throw notActive(chosen)
  return left
}

function notActive(customers: readonly Customer[]): UserError {
  const [first = '', ...more] = customers.map(addressOf)
  const named = [first, ...more.slice(0, 9)].join(', ')
  return new UserError('NO_CUSTOMERS', `${named}${more.length > 9 ? ' and others' : ''} ${more.length === 0 ? 'is' : 'are'} not active.`, {
    hint: 'Name active customers, or make these active in the inventory first.',
  })
}

/** Customers of the release that selectors choose: those that became inactive stay in it, and count. */
export function chooseIn(audience: Audience, scene: Scene): readonly Customer[] {
  return chooseAmong(audience, membersOf(scene))
}

export function chooseOne(selector: PlacedSelector, scene: Scene): readonly Customer[] {
  return chooseAmong({ all: false, selectors: [selector], line: selector.line, column: selector.column }, membersOf(scene))
}

/** The release's customers, with what the inventory says of them today. */
export function membersOf({ release, inventory }: Pick<Scene, 'release' | 'inventory'>): readonly Customer[] {
  const known = new Map(inventory.clusters.flatMap(({ customers }) => customers).map((customer) => [addressOf(customer), customer]))
  return (release?.customers ?? []).map(
    (record) =>
      known.get(addressOf(record)) ?? { ...record, description: '', active: false, tags: [], place: { file: '', line: 1, column: 1 } },
  )
}

/** @throws {UserError} `NO_CUSTOMERS` where a selector reaches nobody. */
export function chooseAmong(audience: Audience, members: readonly Customer[]): readonly Customer[] {
  const selected = selectMembers({ audience, members })
  if (selected.ok) return selected.members
  const [first] = selected.faults
  throw new UserError('NO_CUSTOMERS', selected.faults.map(({ message }) => message).join(' '), {
    hint: first?.hint ?? 'Look at /release status.',
  })
}
