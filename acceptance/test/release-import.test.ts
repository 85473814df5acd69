import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import {
  createBegunStage,
  inventoryOf,
  lookAtRelease,
  PLATFORM,
  playKilled,
  releaseOf,
  type ReleaseStage,
  type ReleaseStageOptions,
  tickedIn,
} from '../src/index.ts'

const CSV = 'release/matrix.csv'
const HEAD = 'cluster,namespace,category,step,status,executed_at,executed_by,reason,notes'
const BOARD = 1

let stage: ReleaseStage
let workspace: string | undefined
afterEach(async () => {
  await stage.close()
  if (workspace !== undefined) await rm(workspace, { recursive: true })
  workspace = undefined
})

async function begin({ files = {} }: Pick<ReleaseStageOptions, 'files'> = {}, release = 'hotfix'): Promise<void> {
  stage = await createBegunStage({
    name: release,
    files,
    async begin({ play }) {
      expect((await play({ inputs: { mode: 'activate', release } })).outputs['reason-code']).toBe('commanded')
    },
  })
}
async function take(csv: string, release = 'hotfix') {
  await stage.github.world.commit({ repository: PLATFORM, files: { [CSV]: csv } })
  return stage.play({ inputs: { mode: 'import', release } })
}
async function give(release = 'hotfix'): Promise<string> {
  workspace ??= await mkdtemp(join(tmpdir(), 'matrix-'))
  const { outputs } = await stage.play({ inputs: { mode: 'export', release }, workspace })
  expect(outputs['reason-code']).toBe('exported')
  return readFile(join(workspace, CSV), 'utf8')
}
const faultsOf = ({ annotations }: Awaited<ReturnType<typeof take>>) =>
  annotations.filter(({ line }) => line !== undefined).map(({ line, column, message }) => `${line}:${column} ${message}`)
const headOf = () => stage.github.world.git(PLATFORM).readRef('refs/heads/switchyard/release')
const cellsOf = async () => (await lookAtRelease(stage)).cells

describe('a matrix that another program wrote', () => {
  const rows = ['eu-1,brede,deploy,rotate,done,2026-11-01,Jo,,', 'us-1,pelican,deploy,reload,skipped,,,no gateway,']
  test.each([
    ['with a byte order mark and CRLF, as Excel writes it', `\ufeff${[HEAD, ...rows, ''].join('\r\n')}`],
    ['with CR alone, as old ones do', [HEAD, ...rows].join('\r')],
    ['without an end of its last line', [HEAD, ...rows].join('\n')],
    ['with empty lines', [HEAD, '', ...rows, '', ''].join('\n')],
    [
      'with every cell in quotes',
      [HEAD, ...rows]
        .map((row) =>
          row
            .split(',')
            .map((cell) => `"${cell}"`)
            .join(','),
        )
        .join('\n'),
    ],
    [
      'with other columns’ order, capitals and spaces',
      [
        ' Step , Status,Category,Namespace,Cluster,Reason',
        'rotate,Done,DEPLOY,brede,eu-1,',
        'Reload the gateway , skipped,deploy, pelican ,us-1,no gateway',
      ].join('\n'),
    ],
  ])('%s is taken', async (_, csv) => {
    await begin()
    const { outputs } = await take(csv)
    expect(outputs).toMatchObject({ decision: 'done', changes: '2' })
    expect(await cellsOf()).toEqual({ 'eu-1/brede': 'd..', 'eu-1/kaldvik': '...', 'us-1/pelican': '.s.' })
  })

  test('keeps quotes, commas and several lines in a cell, out and in again', async () => {
    await begin()
    const notes = 'He said "now, please",\nand went; it’s done'
    await take(`${HEAD}\neu-1,brede,deploy,rotate,done,2026-11-01T08:00:00+02:00,Jo,,"${notes.replaceAll('"', '""')}"\n`)
    const written = await give()
    expect(written).toContain(`2026-11-01T06:00:00.000Z,Jo,"","${notes.replaceAll('"', '""')}"\r\n`)
    expect((await take(written)).outputs['reason-code']).toBe('nothing-changed')
  })

  test('in Latin-1 is refused, as letters would be lost', async () => {
    await begin()
    const bytes = Buffer.from(`${HEAD}\neu-1,brede,deploy,rotate,done,,Søren,,\n`, 'latin1')
    await stage.github.world.commit({ repository: PLATFORM, files: { [CSV]: bytes } })
    const { outputs } = await stage.play({ inputs: { mode: 'import', release: 'hotfix' } })
    expect(outputs['reason-code']).toBe('csv-invalid')
    expect(await cellsOf()).toMatchObject({ 'eu-1/brede': '...' })
  })
})

describe('a matrix with faults', () => {
  test('is refused whole, and all of them are told at once, each at its place', async () => {
    await begin()
    const head = await headOf()
    const result = await take(
      [
        HEAD,
        'eu-1,brede,deploy,rotate,done,,,,',
        'eu-1,brede,deploy,rotate,done,,,,',
        'eu-1,old-quay,deploy,rotate,done,,,,',
        'eu-1,kaldvik,deploy,rotaet,done,,,,',
        'eu-1,kaldvik,verify,reload,done,,,,',
        'eu-1,kaldvik,deploy,reload,skipped,,,,',
        'us-1,pelican,deploy,reload,done,yesterday,,,',
        'us-1,pelican,deploy,rotate,pending,2026-11-01,,,',
        'us-1,pelican,verify,handshake,done',
      ].join('\n'),
    )
    expect(result.exitCode).not.toBe(0)
    expect(faultsOf(result).map((fault) => fault.slice(0, 60))).toEqual([
      expect.stringMatching(/^3:1 .*rotate.*stands in line 2/),
      expect.stringMatching(/^4:1 .*no customer .*old-quay/),
      expect.stringMatching(/^5:21 .*no deploy step .*rotaet/),
      expect.stringMatching(/^6:21 .*no verify step .*reload/),
      expect.stringMatching(/^7:28 .*needs a reason/),
      expect.stringMatching(/^8:33 .*yesterday.* no time/),
      expect.stringMatching(/^9:28 .*pending/),
      expect.stringMatching(/^10:1 .*5 cells/),
    ])
    expect(await headOf()).toBe(head)
  })

  test.each([
    ['nothing', '', 'holds nothing'],
    ['semicolons between its columns', `${HEAD.replaceAll(',', ';')}\n`, 'parted by semicolons'],
    ['no column for the status', 'cluster,namespace,category,step\n', 'no column `status`'],
    ['a quote that is never closed', `${HEAD}\neu-1,brede,deploy,rotate,done,,,,"open\n`, 'never closed'],
    ['a name that reverses what is read', `${HEAD}\neu-1,brede,deploy,rotate,done,,\u202eoJ,,\n`, 'not seen where it stands'],
    ['a note of 1,001 characters', `${HEAD}\neu-1,brede,deploy,rotate,done,,,,${'x'.repeat(1_001)}\n`, '1001 characters'],
  ])('that has %s says so', async (_, csv, message) => {
    await begin()
    const result = await take(csv)
    expect(result.outputs['reason-code']).toBe('csv-invalid')
    expect(faultsOf(result).join('\n')).toContain(message)
  })

  test('against what is recorded by now is refused whole, with the row’s step and customer', async () => {
    await begin()
    await stage.say(BOARD, '/step skip handshake pelican "no page"')
    const head = await headOf()
    const { outputs, log } = await take(`${HEAD}\neu-1,brede,deploy,rotate,done,,,,\nus-1,pelican,verify,handshake,done,,,,\n`)
    expect(outputs['reason-code']).toBe('wrong-status')
    expect(log).toContain('handshake of us-1/pelican is skipped')
    expect(await headOf()).toBe(head)
  })

  test('of a draft or an archived release is not taken', async () => {
    await begin({ files: { 'release/releases/draft.yml': releaseOf(3) } })
    expect((await take(`${HEAD}\n`, 'draft')).outputs['reason-code']).toBe('not-active')
    expect((await take(`${HEAD}\n`, 'none')).outputs['reason-code']).toBe('release-not-found')
    await stage.say(BOARD, '/release archive')
    expect((await take(`${HEAD}\neu-1,brede,deploy,rotate,done,,,,\n`)).outputs['reason-code']).toBe('not-active')
  })

  test('with no row is nothing to do', async () => {
    await begin()
    expect((await take(`${HEAD}\n`)).outputs).toMatchObject({ decision: 'nothing-to-do', changes: '0' })
  })
})

describe('an import', () => {
  const csv = `${HEAD}\neu-1,brede,deploy,rotate,done,,,,\neu-1,kaldvik,deploy,rotate,done,,,,\n`

  test('of the same file by two runs at once is taken once', async () => {
    await begin()
    await stage.github.world.commit({ repository: PLATFORM, files: { [CSV]: csv } })
    const results = await Promise.all([1, 2].map(() => stage.play({ inputs: { mode: 'import', release: 'hotfix' } })))
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0])
    const { events } = await lookAtRelease(stage)
    expect(events.filter(({ type }) => type === 'release.steps-imported')).toHaveLength(2)
  })

  test.each(['lost-answer-before', 'lost-answer-after'] as const)(
    'killed at its commit (%s) is whole when it is run again',
    async (kind) => {
      await begin()
      await stage.github.world.commit({ repository: PLATFORM, files: { [CSV]: csv } })
      const play = { inputs: { mode: 'import', release: 'hotfix' } }
      await playKilled(stage, play, { match: { operation: 'CommitToLedger' }, kind })
      expect((await stage.play(play)).exitCode).toBe(0)
      await stage.play({ inputs: { mode: 'sweep' } })
      expect(await cellsOf()).toEqual({ 'eu-1/brede': 'd..', 'eu-1/kaldvik': 'd..', 'us-1/pelican': '...' })
      expect(tickedIn(stage.bodyOf(BOARD))).toEqual(['eu-1/brede rotate', 'eu-1/kaldvik rotate'])
      const { events } = await lookAtRelease(stage)
      expect(events.filter(({ type }) => type === 'release.steps-imported')).toHaveLength(2)
    },
  )

  test('as a dry run says what it would take, and takes nothing', async () => {
    await begin()
    await stage.github.world.commit({ repository: PLATFORM, files: { [CSV]: csv } })
    const head = await headOf()
    const { outputs, summary } = await stage.play({ inputs: { mode: 'import', release: 'hotfix', 'dry-run': 'true' } })
    expect([outputs['reason-code'], outputs['changes']]).toEqual(['dry-run', '0'])
    expect(summary).toContain('eu-1/brede')
    expect(await headOf()).toBe(head)
  })

  test('reaches steps of one’s own, overridden ones and those that outlived their template', async () => {
    await begin()
    await stage.say(BOARD, '/step add brede deploy bash "Mine"\n```\necho mine\n```\n/step override reload brede\n```\necho own\n```')
    await stage.say(BOARD, '/step done handshake brede')
    const text = `${HEAD}\neu-1,brede,deploy,custom-1,done,,,,\neu-1,brede,deploy,reload,done,,,,\neu-1,brede,verify,handshake,done,,,,\n`
    expect((await take(text)).outputs['changes']).toBe('2')
    expect(tickedIn(stage.bodyOf(BOARD))).toEqual(['eu-1/brede reload', 'eu-1/brede custom-1', 'eu-1/brede handshake'])
    expect(faultsOf(await take(`${HEAD}\neu-1,kaldvik,deploy,custom-1,done,,,,\n`)).join()).toContain('no deploy step')
  })

  test('of 200 customers with 50 steps is one commit, comes out as it went in, and is nothing to do again', async () => {
    await begin({ files: { 'release/inventory.yml': inventoryOf(200), 'release/releases/large.yml': releaseOf(50) } }, 'large')
    const rows = Array.from({ length: 200 }, (_, customer) =>
      Array.from({ length: 50 }, (__, step) => {
        const where = `cluster-${Math.floor(customer / 40) + 1},harbour-${(customer % 40) + 1},${step < 40 ? 'deploy' : 'verify'},step-${step + 1}`
        return step % 10 === 9
          ? `${where},skipped,2026-11-01T08:00:00.000Z,desk,not needed,""`
          : `${where},done,2026-11-01T08:00:00.000Z,desk,"",by hand`
      }),
    ).flat()
    const before = (await stage.ledgerLog()).length
    stage.github.log.reset()
    const { outputs } = await take([HEAD, ...rows, ''].join('\r\n'), 'large')
    expect(outputs).toMatchObject({ decision: 'done', changes: '10000', percent: '100' })
    expect((await stage.ledgerLog()).length).toBe(before + 1)
    const files = [...(await stage.readLedger()).values()]
    expect(Math.max(...files.map((text) => Buffer.byteLength(text)))).toBeLessThan(512_000)
    expect(await give('large')).toBe([HEAD, ...rows, ''].join('\r\n'))
    const head = await headOf()
    expect((await take([HEAD, ...rows, ''].join('\r\n'), 'large')).outputs['reason-code']).toBe('nothing-changed')
    expect(await headOf()).toBe(head)
  })
})

describe('an export', () => {
  test.each(['=HYPERLINK("http://x","y")', '+1', '-1', '@SUM(A1)', ' =1+1', '＝1', "'=1"])(
    'guards %j from being computed by a spreadsheet, and import takes the guard off',
    async (notes) => {
      await begin()
      await stage.play({ inputs: { mode: 'done', release: 'hotfix', step: 'rotate', customers: 'brede', notes } })
      const written = await give()
      const [, cell = ''] = /eu-1,brede,deploy,rotate,done,[^,]+,maintainer,"",(.*)\r\n/.exec(written) ?? []
      expect(cell.startsWith('"') ? cell.slice(1, 2) : cell.slice(0, 1)).toBe("'")
      expect((await take(written)).outputs['reason-code']).toBe('nothing-changed')
    },
  )
})
