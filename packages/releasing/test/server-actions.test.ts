import { describe, expect, it } from 'vitest'
import { compareInventories, compareReleaseFiles, parseInventory, parseReleaseFile } from '../src/files.ts'
import { addressOf, type Inventory, type ReleaseFile, releaseSubject } from '../src/index.ts'
import { renderCustomer, renderList, renderProgress, renderStatus } from '../src/render.ts'
import { activate, customerState, shown } from './board/board-stage.ts'
import { customerOf, FACTS, SLUG, Stage, stepOf } from './release-stage.ts'

// Clusters, customers, releases and their steps are written down in files: what creates, changes and removes them is an edit. The same by
// the action’s bundle: acceptance/test/release-server-actions.test.ts.

const ACME = { name: 'Acme', namespace: 'acme' }

function inventoryOf(...clusters: readonly object[]): Inventory {
  const parsed = parse(...clusters)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  return parsed.inventory
}
function parse(...clusters: readonly object[]) {
  return parseInventory(`clusters: ${JSON.stringify(clusters)}\n`, { file: 'release/inventory.yml' })
}
const faultsOf = (...clusters: readonly object[]): readonly string[] => {
  const parsed = parse(...clusters)
  return parsed.ok ? [] : parsed.faults.map(({ code }) => code)
}

function releaseOf(facts: object): ReleaseFile {
  const parsed = parseReleaseFile(JSON.stringify(facts), { file: 'release/releases/spring.yml', slug: SLUG, readContent: () => undefined })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  return parsed.release
}

describe('clusters', () => {
  it('createCluster: an entry of its own, whose environment is called as it is', () => {
    const [cluster] = inventoryOf({ name: 'eu-1', description: 'Frankfurt', sql_command: 'psql' }).clusters
    expect(cluster).toMatchObject({
      name: 'eu-1',
      description: 'Frankfurt',
      active: true,
      environment: 'eu-1',
      sqlCommand: 'psql',
      customers: [],
    })
    expect(faultsOf({ name: 'eu-1' }, { name: 'eu-1' })).toContain('duplicate-cluster')
  })

  it('updateCluster: everything but its name', () => {
    const old = inventoryOf({ name: 'eu-1', customers: [ACME] })
    expect(
      compareInventories(old, inventoryOf({ name: 'eu-1', description: 'Moved', environment: 'production', customers: [ACME] })),
    ).toEqual([])
    expect(compareInventories(old, inventoryOf({ name: 'eu-2', customers: [ACME] })).map(({ code }) => code)).toEqual(['removed-cluster'])
  })

  it('deleteCluster: it becomes inactive, and has no active customer then', () => {
    const gone = { name: 'eu-1', active: false, customers: [{ ...ACME, active: false }] }
    expect(faultsOf({ name: 'eu-1', active: false, customers: [ACME] })).toHaveLength(1)
    expect(compareInventories(inventoryOf({ name: 'eu-1', customers: [ACME] }), inventoryOf(gone))).toEqual([])
    expect(compareInventories(inventoryOf(gone), inventoryOf({ name: 'us-1' })).map(({ code }) => code)).toEqual(['removed-cluster'])
  })

  it('listClusters, getClusterWithCustomers: in the file’s order, each with its customers', () => {
    const { clusters } = inventoryOf({ name: 'us-1', customers: [ACME] }, { name: 'eu-1' })
    expect(clusters.map(({ name, customers }) => [name, customers.map(addressOf)])).toEqual([
      ['us-1', ['us-1/acme']],
      ['eu-1', []],
    ])
  })
})

describe('customers', () => {
  it('createCustomer: a namespace is one cluster’s own', () => {
    expect(faultsOf({ name: 'eu-1', customers: [ACME, ACME] })).toContain('duplicate-namespace')
    expect(faultsOf({ name: 'eu-1', customers: [ACME] }, { name: 'us-1', customers: [ACME] })).toEqual([])
  })

  it('updateCustomer: everything but its address', () => {
    const old = inventoryOf({ name: 'eu-1', customers: [ACME] })
    expect(
      compareInventories(old, inventoryOf({ name: 'eu-1', customers: [{ ...ACME, name: 'Acme & Sons', description: 'new' }] })),
    ).toEqual([])
    expect(
      compareInventories(old, inventoryOf({ name: 'eu-1', customers: [{ ...ACME, namespace: 'acme-2' }] })).map(({ code }) => code),
    ).toEqual(['removed-customer'])
  })

  it('deleteCustomer: it becomes inactive; in a release that runs it stays and counts', () => {
    const old = inventoryOf({ name: 'eu-1', customers: [ACME] })
    expect(compareInventories(old, inventoryOf({ name: 'eu-1', customers: [{ ...ACME, active: false }] }))).toEqual([])
    expect(compareInventories(old, inventoryOf({ name: 'eu-1' })).map(({ code }) => code)).toEqual(['removed-customer'])
  })

  it('listCustomers, listCustomersByCluster, getCustomerWithCluster: each knows its cluster', () => {
    const customers = inventoryOf({ name: 'eu-1', customers: [ACME] }, { name: 'us-1', customers: [ACME] }).clusters.flatMap(
      (cluster) => cluster.customers,
    )
    expect(customers.map(({ cluster, name }) => [cluster, name])).toEqual([
      ['eu-1', 'Acme'],
      ['us-1', 'Acme'],
    ])
    const status = renderStatus(shown(activate()), 'us-1')
    expect([status.includes('us-1'), status.includes('<b>eu-1</b>')]).toEqual([true, false])
  })
})

describe('releases', () => {
  it('createRelease: a file is a draft: nothing is recorded of it before it is activated', () => {
    const file = releaseOf({
      name: 'Spring',
      type: 'onboarding',
      version_number: '1',
      steps: { deploy: [{ id: 'a', name: 'A', type: 'bash', content: 'x' }] },
    })
    expect(file).toMatchObject({ slug: SLUG, type: 'onboarding', versionNumber: '1', steps: [{ id: 'a', category: 'deploy' }] })
    expect(new Stage().state(releaseSubject(SLUG)).release).toBeNull()
    expect(renderList({ releases: undefined, drafts: [file] })).toContain('draft')
  })

  it('updateRelease: the file says it otherwise', () => {
    const facts = { name: 'Spring', type: 'release', version_number: '1', steps: {} }
    expect(compareReleaseFiles(releaseOf(facts), releaseOf({ ...facts, version_number: '2', description: 'new' })).fields).toEqual([
      'versionNumber',
      'description',
    ])
  })

  it('listReleases: the newest first, with what became of each', () => {
    const stage = activate()
    stage.ask(undefined, { kind: 'archive', facts: FACTS })
    stage.slug = 'summer'
    stage.ask(undefined, {
      kind: 'activate',
      facts: { ...FACTS, slug: 'summer' },
      steps: [stepOf('a')],
      customers: [customerOf('eu-1/acme')],
    })
    const lines = renderList({ releases: stage.documents.get('releases') })
      .split('\n')
      .filter((line) => /spring|summer/.test(line))
    expect(lines.map((line) => /active|archived/.exec(line)?.[0])).toEqual(['active', 'archived'])
  })

  it('getReleaseWithProgress: done and skipped of all; 0 of 0 where there is no step', () => {
    const stage = activate({ steps: [stepOf('a'), stepOf('b')] })
    stage.ask('eu-1/acme', { kind: 'done', step: 'a', notes: null })
    stage.ask('eu-1/beta', { kind: 'skip', step: 'a', reason: 'no need' })
    stage.ask('us-1/acme', { kind: 'done', step: 'a', notes: null })
    stage.ask('us-1/acme', { kind: 'revert', step: 'a', reason: null })
    expect(stage.documents.get(`progress/${SLUG}`)).toMatchObject({
      all: { done: 1, skipped: 1, reverted: 1, pending: 3, total: 6, percent: 33 },
    })
    expect(renderProgress(shown(stage))).toContain('2 of 6 steps')
    const none = activate({ steps: [] })
    expect(none.documents.get(`progress/${SLUG}`)).toMatchObject({ all: { total: 0, percent: null } })
    expect(renderProgress(shown(none))).not.toMatch(/NaN|%/)
  })
})

describe('customers’ steps', () => {
  it('bulkMarkDone: each of them once; those that were done stay as they were', () => {
    const stage = activate()
    stage.ask('eu-1/acme', { kind: 'done', step: 'migrate', notes: 'mine' }, 'first')
    const count = stage.events.length
    for (const address of ['eu-1/acme', 'eu-1/beta', 'us-1/acme']) {
      expect(stage.ask(address, { kind: 'done', step: 'migrate', notes: null }, 'second')).toBeUndefined()
    }
    expect(stage.events.slice(count).map(({ subject }) => subject.split('~')[1])).toEqual(['eu-1/beta', 'us-1/acme'])
    expect(customerState(stage, 'eu-1/acme').cells['migrate']).toMatchObject({ executed_by: 'first', notes: 'mine' })
  })

  it('getStepWithDetails: a customer’s steps with who did them, and why one was not', () => {
    const stage = activate()
    stage.ask('eu-1/acme', { kind: 'done', step: 'migrate', notes: 'went well' }, 'operator')
    stage.ask('eu-1/acme', { kind: 'skip', step: 'smoke', reason: 'no need' })
    const text = renderCustomer({ release: shown(stage).release, customer: customerState(stage, 'eu-1/acme'), address: 'eu-1/acme' })
    for (const said of ['operator', 'went well', 'no need']) expect(text).toContain(said)
  })
})
