import { type Fault, findNearest, type Place } from '@switchyard/core'
import { quote } from '../files/quote.ts'
import { addressOf, type Cluster, type Customer, type Inventory } from '../model.ts'

/**
 * What a change of the inventory must not do: remove a cluster or customer, by deleting or renaming its entry, since releases and
 * records know it by its address for ever. Each fault stands where the entry belongs. That a cluster with active customers is not made
 * inactive needs no look at the old file: `parseInventory` refuses it. In the old file's order.
 */
export function compareInventories(old: Inventory, now: Inventory): readonly Fault[] {
  const standing = new Map(now.clusters.map((cluster) => [cluster.name, cluster]))
  const names = new Set(old.clusters.map(({ name }) => name))
  const fresh = now.clusters.map(({ name }) => name).filter((name) => !names.has(name))
  return old.clusters.flatMap((cluster) => {
    const same = standing.get(cluster.name)
    return same ? lostCustomers(cluster, same) : [lostCluster(cluster, { fresh, place: topOf(now) })]
  })
}

interface Around {
  /** Names that only the new file has. */
  readonly fresh: readonly string[]
  readonly place: Place | undefined
}

function lostCluster({ name, customers }: Cluster, { fresh, place }: Around): Fault {
  const renamed = findNearest(name, fresh)
  const crowd = customers.length === 1 ? 'its customer' : `its ${customers.length} customers`
  return {
    code: 'removed-cluster',
    message: `The cluster ${quote(name)} is gone${customers.length === 0 ? '' : `, and ${crowd} with it`}.`,
    hint: renamed === undefined ? 'Put it back, with `active: false` for it and its customers.' : keepName(renamed, name),
    ...(place && { place }),
    severity: 'error',
  }
}

function lostCustomers(old: Cluster, now: Cluster): readonly Fault[] {
  const standing = new Set(now.customers.map(({ namespace }) => namespace))
  const known = new Set(old.customers.map(({ namespace }) => namespace))
  const fresh = now.customers.filter(({ namespace }) => !known.has(namespace))
  return old.customers
    .filter(({ namespace }) => !standing.has(namespace))
    .map((customer): Fault => {
      const renamed = findRenamed(customer, fresh)
      const address = addressOf(customer)
      return {
        code: 'removed-customer',
        message: `The customer ${quote(address)} is gone.`,
        hint: renamed === undefined ? 'Put it back, with `active: false`.' : keepName(addressOf(renamed), address),
        place: renamed?.place ?? now.place,
        severity: 'error',
      }
    })
}

/** A new customer of the same cluster that differs in the namespace's case or in nothing but the namespace. */
function findRenamed({ namespace, name }: Customer, fresh: readonly Customer[]): Customer | undefined {
  return fresh.find((each) => each.namespace.toLowerCase() === namespace.toLowerCase()) ?? fresh.find((each) => each.name === name)
}

function keepName(now: string, old: string): string {
  const call = `If it is ${quote(now)} now, call it ${quote(old)} again: releases know it by that for ever.`
  return `${call} Else put it back, with \`active: false\`.`
}

function topOf({ clusters }: Inventory): Place | undefined {
  const file = clusters[0]?.place.file
  return file === undefined ? undefined : { file, line: 1, column: 1 }
}
