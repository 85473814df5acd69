import { isJsonObject } from '@switchyard/core'
import { type Finding, textsAt, valuesAt } from '@switchyard/core/config'
import { findLookAlike } from '../files/look-alikes.ts'
import { checkOnce, checkReserved } from '../files/name-rules.ts'
import { quote } from '../files/quote.ts'
import { MAX_CLUSTERS, MAX_CUSTOMERS } from '../files/limits.ts'

const CLUSTER_NAMES = 'clusters.*.name'
const NAMESPACES = 'clusters.*.customers.*.namespace'

/** What a shape cannot say of an inventory: what two places must agree on, and what only Unicode's tables can judge. */
export function checkInventory(value: unknown): readonly Finding[] {
  return [
    ...checkOnce(value, { patterns: [CLUSTER_NAMES], what: 'cluster', code: 'duplicate-cluster', hint: 'Give each its own name.' }),
    ...checkOnce(value, {
      patterns: [NAMESPACES],
      what: 'namespace',
      code: 'duplicate-namespace',
      hint: 'Give each customer of a cluster its own namespace.',
      scope: (path) => String(path[1]),
    }),
    ...checkTags(value),
    ...checkReserved(value, [CLUSTER_NAMES, NAMESPACES]),
    ...checkLookAlikes(value),
    ...checkInactive(value),
  ]
}

/** The one fault of an inventory that has too much in it: nothing else of it is looked at. */
export function findCrowd(value: unknown): Finding | undefined {
  const clusters: readonly unknown[] = isJsonObject(value) && Array.isArray(value.clusters) ? value.clusters : []
  if (clusters.length > MAX_CLUSTERS) {
    const message = `The inventory has ${clusters.length} clusters; ${MAX_CLUSTERS} are allowed.`
    return { path: ['clusters'], code: 'too-many-clusters', message, hint: 'Keep another inventory in another repository.' }
  }
  const customers = clusters.reduce((sum: number, cluster) => sum + customersOf(cluster).length, 0)
  if (customers <= MAX_CUSTOMERS) return undefined
  const message = `The inventory has ${customers} customers; ${MAX_CUSTOMERS} are allowed.`
  return { path: ['clusters'], code: 'too-many-customers', message, hint: 'Keep another inventory in another repository.' }
}

function checkTags(value: unknown): readonly Finding[] {
  const tags = { what: 'tag', code: 'duplicate-tag', hint: 'Write it once.' }
  return [
    ...checkOnce(value, { ...tags, patterns: ['clusters.*.tags.*'], scope: (path) => String(path[1]) }),
    ...checkOnce(value, { ...tags, patterns: ['clusters.*.customers.*.tags.*'], scope: (path) => `${String(path[1])}/${String(path[3])}` }),
  ]
}

function checkLookAlikes(value: unknown): readonly Finding[] {
  return textsAt(value, 'clusters.*.customers.*.name').flatMap(({ path, text }) => {
    const found = findLookAlike(text)
    if (found === undefined) return []
    const message = `The name ${quote(text)} can be taken for another: ${found}.`
    return [{ path, code: 'look-alike', message, hint: 'Write it in the letters of one alphabet.' }]
  })
}

/** Source: release contract: a cluster with active customers cannot be made inactive. */
function checkInactive(value: unknown): readonly Finding[] {
  return valuesAt(value, 'clusters.*').flatMap(({ path, value: cluster }) => {
    if (!isJsonObject(cluster) || cluster.active !== false) return []
    const active = customersOf(cluster).filter((customer) => isJsonObject(customer) && customer.active !== false).length
    if (active === 0) return []
    const name = typeof cluster.name === 'string' ? ` ${quote(cluster.name)}` : ''
    const who = active === 1 ? 'one of its customers is' : `${active} of its customers are`
    const hint = 'Write `active: false` for each of its customers too, or keep it active.'
    return [{ path: [...path, 'active'], code: 'active-customers', message: `The cluster${name} is inactive, but ${who} active.`, hint }]
  })
}

function customersOf(cluster: unknown): readonly unknown[] {
  return isJsonObject(cluster) && Array.isArray(cluster.customers) ? cluster.customers : []
}
