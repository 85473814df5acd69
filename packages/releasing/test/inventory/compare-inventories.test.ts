import { expect, it } from 'vitest'
import { compareInventories, parseInventory } from '../../src/files.ts'
import type { Inventory } from '../../src/index.ts'

interface Entry {
  readonly name: string
  readonly customers?: readonly object[]
}
const acme = { name: 'Acme', namespace: 'acme' }
const beta = { name: 'Beta', namespace: 'beta' }

/** One entry a line, in flow style. */
function inventoryOf(...clusters: readonly Entry[]): Inventory {
  const parsed = parseInventory(`clusters:\n${clusters.map((cluster) => `  - ${JSON.stringify(cluster)}\n`).join('')}`, { file: 'f.yml' })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  return parsed.inventory
}

const compare = (old: Inventory, now: Inventory) =>
  compareInventories(old, now).map(({ code, message, hint, place }) => [place?.line, code, message, hint])
const old = inventoryOf({ name: 'eu-1', customers: [acme, beta] }, { name: 'us', customers: [acme] }, { name: 'test' })

it('an inventory compared with itself has no faults', () => {
  expect(compareInventories(old, old)).toEqual([])
})

it('what is added, reordered, described or made inactive is fine', () => {
  const now = inventoryOf(
    { name: 'new' },
    { name: 'test' },
    { name: 'us', customers: [{ ...acme, active: false }] },
    {
      name: 'eu-1',
      customers: [
        { ...beta, name: 'Beta 2' },
        { ...acme, tags: ['x'] },
        { name: 'C', namespace: 'c' },
      ],
    },
  )
  expect(compareInventories(old, now)).toEqual([])
})

it('a cluster or customer whose entry is gone must come back as inactive', () => {
  const now = inventoryOf({ name: 'eu-1', customers: [beta] })
  const back = 'Put it back, with `active: false` for it and its customers.'
  expect(compare(old, now)).toEqual([
    [2, 'removed-customer', 'The customer `eu-1/acme` is gone.', 'Put it back, with `active: false`.'],
    [1, 'removed-cluster', 'The cluster `us` is gone, and its customer with it.', back],
    [1, 'removed-cluster', 'The cluster `test` is gone.', back],
  ])
})

it('an inactive customer stays, too', () => {
  const before = inventoryOf({ name: 'a', customers: [{ ...acme, active: false }] })
  expect(compare(before, inventoryOf({ name: 'a' })).map(([, code]) => code)).toEqual(['removed-customer'])
})

it('an address that seems renamed is told by both names, where the new one stands', () => {
  const now = inventoryOf(
    {
      name: 'eu-1',
      customers: [
        { ...acme, namespace: 'acme-corp' },
        { ...beta, name: 'B', namespace: 'BETA' },
      ],
    },
    { name: 'uss', customers: [acme] },
    { name: 'test' },
  )
  const keep = (fresh: string, before: string): string =>
    `If it is \`${fresh}\` now, call it \`${before}\` again: releases know it by that for ever. Else put it back, with \`active: false\`.`
  expect(compare(old, now)).toEqual([
    [2, 'removed-customer', 'The customer `eu-1/acme` is gone.', keep('eu-1/acme-corp', 'eu-1/acme')],
    [2, 'removed-customer', 'The customer `eu-1/beta` is gone.', keep('eu-1/BETA', 'eu-1/beta')],
    [1, 'removed-cluster', 'The cluster `us` is gone, and its customer with it.', keep('uss', 'us')],
  ])
})

it('a customer that went to another cluster is gone from its own', () => {
  const now = inventoryOf({ name: 'eu-1', customers: [acme] }, { name: 'us', customers: [acme, beta] }, { name: 'test' })
  expect(compare(old, now).map(([line, code, message]) => [line, code, message])).toEqual([
    [2, 'removed-customer', 'The customer `eu-1/beta` is gone.'],
  ])
})
