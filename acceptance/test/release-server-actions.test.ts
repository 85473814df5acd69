import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createReleaseStage, HOTFIX, INVENTORY, lookAtRelease, PLATFORM, releaseOf, type ReleaseStage } from '../src/index.ts'

// The seed's server actions that write or list what stands in files, played with the bundle: an edit of the file, its lint, what it does.

const INVENTORY_FILE = 'release/inventory.yml'
const NEXT_FILE = 'release/releases/next.yml'
const BOARD = 1
const WITH_ASIA = `${INVENTORY}  - name: asia-1
    description: Kobe
    customers:
      - { name: Kobe Ferries, namespace: kobe }
`

let stage: ReleaseStage
beforeEach(async () => {
  stage = await createReleaseStage()
})
afterEach(() => stage.close())

const form = (inputs: Readonly<Record<string, string>>) => stage.play({ inputs: { release: 'hotfix', ...inputs } })
const show = async (inputs: Readonly<Record<string, string>>): Promise<string> => (await form(inputs)).summary.replaceAll('\\', '')
/** A pull request with these files, as its check judges it; it is merged whatever that says. */
const propose = async (files: Readonly<Record<string, string | null>>) => {
  const base = (await stage.github.world.git(PLATFORM).readRef('refs/heads/main')) ?? ''
  await stage.github.world.commit({ repository: PLATFORM, files })
  const { outputs, annotations } = await stage.play({ eventName: 'pull_request', payload: { pull_request: { base: { sha: base } } } })
  return { reason: outputs['reason-code'], said: annotations.map(({ message }) => message).join('\n') }
}
const customersOf = async (slug = 'hotfix'): Promise<readonly string[]> => Object.keys((await lookAtRelease(stage, slug)).cells)

describe('clusters', () => {
  test('createCluster, getClusterWithCustomers, listClusters: an entry, whose customers the next release has', async () => {
    expect(await propose({ [INVENTORY_FILE]: WITH_ASIA })).toEqual({ reason: 'files-sound', said: '' })
    await form({ mode: 'activate' })
    expect(await customersOf()).toEqual(['asia-1/kobe', 'eu-1/brede', 'eu-1/kaldvik', 'us-1/pelican'])
    const status = await show({ mode: 'status' })
    expect(['eu-1', 'us-1', 'asia-1'].map((name) => status.includes(name))).toEqual([true, true, true])
    const one = await show({ mode: 'status', customers: 'asia-1' })
    expect([one.includes('kobe'), one.includes('brede')]).toEqual([true, false])
  })

  test('updateCluster: everything but its name', async () => {
    expect((await propose({ [INVENTORY_FILE]: INVENTORY.replace('sql_command: cat', 'sql_command: psql') })).reason).toBe('files-sound')
    expect(await propose({ [INVENTORY_FILE]: INVENTORY.replace('name: us-1', 'name: us-2') })).toMatchObject({
      reason: 'files-faulty',
      said: expect.stringContaining('us-1'),
    })
  })

  test('deleteCluster: it becomes inactive, once it has no active customer; the next release goes without', async () => {
    const inactive = INVENTORY.replace('name: us-1', 'name: us-1\n    active: false')
    expect((await propose({ [INVENTORY_FILE]: inactive })).reason).toBe('files-faulty')
    expect((await propose({ [INVENTORY_FILE]: inactive.replace('namespace: pelican', 'namespace: pelican, active: false') })).reason).toBe(
      'files-sound',
    )
    await form({ mode: 'activate' })
    expect(await customersOf()).toEqual(['eu-1/brede', 'eu-1/kaldvik'])
  })
})

describe('customers', () => {
  test('createCustomer: joins the next release, and a running one when it is added', async () => {
    await form({ mode: 'activate' })
    expect((await propose({ [INVENTORY_FILE]: WITH_ASIA })).reason).toBe('files-sound')
    expect(await customersOf()).not.toContain('asia-1/kobe')
    expect((await form({ mode: 'add', customers: 'kobe' })).outputs['changes']).toBe('1')
    expect((await lookAtRelease(stage)).cells['asia-1/kobe']).toBe('...')
    expect((await propose({ [INVENTORY_FILE]: WITH_ASIA.replace('namespace: kobe', 'namespace: brede') })).reason).toBe('files-faulty')
  })

  test('updateCustomer: everything but its address', async () => {
    expect((await propose({ [INVENTORY_FILE]: INVENTORY.replace('Pelican Bay', 'Pelican & Sons') })).reason).toBe('files-sound')
    await form({ mode: 'activate' })
    expect(stage.bodyOf(BOARD)).toContain('Pelican &amp; Sons')
    expect((await propose({ [INVENTORY_FILE]: INVENTORY.replace('namespace: pelican', 'namespace: heron') })).reason).toBe('files-faulty')
  })

  test('deleteCustomer, listCustomersByCluster: inactive is out of the next release, and stays in the one that runs', async () => {
    await form({ mode: 'activate' })
    const files = {
      [INVENTORY_FILE]: INVENTORY.replace('namespace: kaldvik', 'namespace: kaldvik, active: false'),
      [NEXT_FILE]: releaseOf(2),
    }
    expect((await propose(files)).reason).toBe('files-sound')
    await form({ mode: 'activate', release: 'next' })
    expect([await customersOf(), await customersOf('next')]).toEqual([
      ['eu-1/brede', 'eu-1/kaldvik', 'us-1/pelican'],
      ['eu-1/brede', 'us-1/pelican'],
    ])
    const status = await show({ mode: 'status', customers: 'eu-1' })
    expect(['brede', 'kaldvik', 'pelican'].map((name) => status.includes(name))).toEqual([true, true, false])
  })

  test('getCustomerWithCluster: one customer’s steps, under its address', async () => {
    await form({ mode: 'activate' })
    expect(await show({ mode: 'customer', customers: 'pelican' })).toMatch(/us-1\/pelican[\s\S]*rotate[\s\S]*reload[\s\S]*handshake/)
  })
})

describe('releases', () => {
  test('createRelease: a file is a draft, and nothing is recorded of it', async () => {
    expect((await propose({ [NEXT_FILE]: releaseOf(2) })).reason).toBe('files-sound')
    expect(await show({ mode: 'list' })).toMatch(/`next` \| The autumn release \| 2026.4 \| release \| draft/)
    expect(await stage.ledgerLog()).toEqual([])
  })

  test('updateRelease: of a draft by its file alone, of a running one with the next push', async () => {
    const changed = HOTFIX.replace("'4.1.3'", "'4.1.4'")
    await propose({ [NEXT_FILE]: releaseOf(2).replace('The autumn release', 'The winter release') })
    expect(await show({ mode: 'list' })).toContain('The winter release')
    await form({ mode: 'activate' })
    expect(
      (await propose({ [NEXT_FILE]: releaseOf(3), [INVENTORY_FILE]: INVENTORY, 'release/releases/hotfix.yml': changed })).said,
    ).toContain('another version')
    await stage.play({ eventName: 'push' })
    expect(await show({ mode: 'list' })).toMatch(/`hotfix` \| [^|]* \| 4.1.4 \|/)
    expect(stage.bodyOf(BOARD).replaceAll('\\', '')).toContain('version 4.1.4')
  })

  test('listReleases: drafts, then those that were begun, the newest first', async () => {
    await propose({ [NEXT_FILE]: releaseOf(2), 'release/releases/last.yml': releaseOf(2) })
    await form({ mode: 'activate' })
    await form({ mode: 'activate', release: 'next' })
    await form({ mode: 'archive' })
    const rows = [...(await show({ mode: 'list' })).matchAll(/^\| `(\w+)` \|.*\| (draft|active|archived) \|/gm)]
    expect(rows.map(([, slug, status]) => `${slug} ${status}`)).toEqual(['last draft', 'next active', 'hotfix archived'])
  })

  test('getReleaseWithProgress: done and skipped of all, by cluster', async () => {
    await form({ mode: 'activate' })
    await form({ mode: 'done', step: 'rotate', customers: 'brede' })
    await form({ mode: 'skip', step: 'reload', customers: 'brede', reason: 'no gateway' })
    await form({ mode: 'done', step: 'rotate', customers: 'pelican' })
    await form({ mode: 'revert', step: 'rotate', customers: 'pelican' })
    const progress = await show({ mode: 'progress' })
    expect(progress).toMatch(/22 %.*\*\*2 of 9 steps\*\*/)
    expect(progress).toMatch(/eu-1 \|.*2 of 6 steps[\s\S]*us-1 \|.*0 of 3 steps/)
  })
})

describe('customers’ steps', () => {
  test('bulkMarkDone: each of them once, in one commit; those that were done stay as they were', async () => {
    await form({ mode: 'activate' })
    await form({ mode: 'done', step: 'rotate', customers: 'brede', notes: 'mine' })
    const before = (await stage.ledgerLog()).length
    expect((await form({ mode: 'done', step: 'rotate', customers: '--all' })).outputs['changes']).toBe('2')
    expect((await stage.ledgerLog()).length).toBe(before + 1)
    expect(await show({ mode: 'customer', customers: 'brede' })).toContain('mine')
  })

  test('getStepWithDetails: content, source and what became of it', async () => {
    await form({ mode: 'activate' })
    await form({ mode: 'done', step: 'rotate', customers: 'brede', notes: 'went well' })
    const shown = await show({ mode: 'show', step: 'rotate', customers: 'brede' })
    for (const said of ['echo rotated', 'from the release’s file', 'done', 'went well']) expect(shown).toContain(said)
  })
})
