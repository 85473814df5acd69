import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createReleaseStage, HOTFIX, inventoryOf, PLATFORM, releaseOf, type ReleaseStage } from '../src/index.ts'

const FILE = 'release/releases/hotfix.yml'
/** What the example's workflow gives its job. */
const LINT_JOB = { contents: 'read' } as const

let stage: ReleaseStage
beforeEach(async () => {
  stage = await createReleaseStage()
})
afterEach(() => stage.close())

const commit = (files: Readonly<Record<string, string | null>>, branch = 'main') =>
  stage.github.world.commit({ repository: PLATFORM, files, branch })
const headOf = async (branch: string) => (await stage.github.world.git(PLATFORM).readRef(`refs/heads/${branch}`)) ?? ''
/** A pull request with these files, as its own job sees it. */
const propose = async (files: Readonly<Record<string, string | null>>, inputs: Readonly<Record<string, string>> = {}) => {
  const base = await headOf('main')
  await commit(files)
  const { world } = stage.github
  const token = world.createToken({ kind: 'job', repository: PLATFORM, permissions: LINT_JOB })
  stage.github.log.reset()
  return stage.play({ eventName: 'pull_request', payload: { pull_request: { base: { sha: base } } }, inputs, token })
}
const begin = async () => {
  await stage.play({ inputs: { mode: 'activate', release: 'hotfix' } })
  await stage.play({ inputs: { mode: 'done', release: 'hotfix', step: 'reload', customers: 'brede' } })
  await stage.play({ inputs: { mode: 'override', release: 'hotfix', step: 'reload', customers: 'kaldvik', content: 'echo own' } })
}

describe('lint of a pull request says what it would change in running releases', () => {
  test('step by step, with the customers that it reaches, on the step’s own line', async () => {
    await begin()
    const { outputs, summary, annotations } = await propose({
      [FILE]: HOTFIX.replace('Reload the gateway', 'Reload it')
        .replace('echo reloaded', 'echo again')
        .replace(/^ {4}- \{ id: rotate.*\n/m, '    - { id: warm-up, name: Warm up, type: text, content: Wait. }\n')
        .replace("'4.1.3'", "'4.1.4'"),
    })
    expect(outputs).toMatchObject({ decision: 'done', 'reason-code': 'files-sound' })
    const told = [
      'another version, on its board and in the list',
      'is added, pending for 3 customers',
      'gets another name and content, in 1 pending copy; 1 carried out and 1 with content of its own stay as they are',
      'is removed with 3 pending copies',
    ]
    const lines = summary.split('\n').filter((line) => line.startsWith('- `hotfix`'))
    expect(lines.map((line) => line.replaceAll('\\', ''))).toEqual([
      `- \`hotfix\`: ${told[0]}`,
      `- \`hotfix\` · \`warm-up\`: ${told[1]}`,
      `- \`hotfix\` · \`reload\`: ${told[2]}`,
      `- \`hotfix\` · \`rotate\`: ${told[3]}`,
    ])
    expect(annotations.map(({ level, file, line, message }) => [level, `${file}:${line}`, message])).toEqual([
      ['notice', `${FILE}:1`, `Running release hotfix: ${told[0]}.`],
      ['notice', `${FILE}:8`, `Running release hotfix: warm-up ${told[1]}.`],
      ['notice', `${FILE}:9`, `Running release hotfix: reload ${told[2]}.`],
      ['notice', `${FILE}:1`, `Running release hotfix: rotate ${told[3]}.`],
    ])
    expect(JSON.parse(outputs['result'] ?? '{}')).toMatchObject({
      running: [{ release: 'hotfix', changes: [{ step: null }, { step: 'warm-up' }, { step: 'reload' }, { step: 'rotate' }] }],
    })
    expect(stage.github.log.count()).toBeLessThanOrEqual(5)
  })

  test('as the merge does it then', async () => {
    await begin()
    await propose({ [FILE]: HOTFIX.replace('Reload the gateway', 'Reload it') })
    const { outputs, summary } = await stage.play({ eventName: 'push' })
    expect(outputs['changes']).toBe('1')
    expect(summary).toContain('changed `reload`')
    const shown = await Promise.all(
      ['brede', 'kaldvik', 'pelican'].map(async (customers) => {
        const { summary: page } = await stage.play({ inputs: { mode: 'show', release: 'hotfix', step: 'reload', customers } })
        return page.includes('Reload it')
      }),
    )
    expect(shown).toEqual([false, false, true])
  })

  test('where the content stands in a file of its own, and alone was changed', async () => {
    await commit({ [FILE]: HOTFIX.replace('content: echo reloaded', 'file: steps/reload.sh'), 'release/steps/reload.sh': 'echo 1\n' })
    await begin()
    const { summary } = await propose({ 'release/steps/reload.sh': 'echo 2\n' })
    expect(summary).toMatch(/`hotfix` · `reload`: gets another content, in 1 pending copy/)
  })

  test('of several releases, with what is put elsewhere', async () => {
    const steps = (rest: string) => `name: Next\ntype: release\nsteps:\n  deploy:\n${rest}`
    const of = (id: string, content = `content: ${id}`) => `    - { id: ${id}, name: ${id}, type: bash, ${content} }\n`
    await commit({ 'release/releases/next.yml': steps(of('a') + of('b') + of('c')) })
    await begin()
    await stage.play({ inputs: { mode: 'activate', release: 'next' } })
    const { summary } = await propose({
      'release/releases/next.yml': steps(of('c') + of('a') + of('b', 'content: other')),
      [FILE]: HOTFIX.replace('Reload the gateway', 'Reload it'),
    })
    expect(summary).toContain('- `hotfix` · `reload`: gets another name')
    expect(summary).toContain('- `next` · `b`: gets another content, in 3 pending copies\n- `next` · `c`: stands elsewhere')
  })

  test.each([
    ['a draft', async () => undefined, { 'release/releases/next.yml': releaseOf(2), [FILE]: HOTFIX.replace('Reload the', 'Load the') }],
    ['what is worked off, in words alone', begin, { [FILE]: `# Checked.\n${HOTFIX}` }],
    ['nothing of a release', begin, { 'release/inventory.yml': inventoryOf(1) }],
    [
      'an archived release',
      async () => void (await stage.play({ inputs: { mode: 'archive', release: 'hotfix' } })),
      { [FILE]: releaseOf(2) },
    ],
  ])('and that it changes nothing there, when it changes %s', async (_, prepare, files) => {
    await prepare()
    const { summary, annotations } = await propose(files)
    expect(summary).toContain('It would change nothing in running releases')
    expect(annotations.filter(({ level }) => level === 'notice')).toEqual([])
  })

  test('and that another ref, or no file any more, changes nothing', async () => {
    await begin()
    expect((await propose({ [FILE]: HOTFIX.replace('type: hotfix', 'type: hotfix\nref: main') })).summary).toContain(
      'another ref, which changes nothing',
    )
    expect((await propose({ [FILE]: null })).summary).toContain('its file is gone, which changes nothing')
  })

  test('beside the faults of another file', async () => {
    await begin()
    const { outputs, summary } = await propose({
      [FILE]: HOTFIX.replace('Reload the gateway', 'Reload it'),
      'release/releases/next.yml': 'name: Next\ntype: relaese\n',
    })
    expect(outputs['reason-code']).toBe('files-faulty')
    expect(summary).toMatch(/does not know[\s\S]*`hotfix` · `reload`: gets another name/)
  })

  test('where there is no ledger, or none that the token may see, the files are judged all the same', async () => {
    const files = { [FILE]: HOTFIX.replace('Reload the gateway', 'Reload it') }
    expect((await propose(files)).summary).toContain('It would change nothing in running releases')
    const { outputs, summary, exitCode } = await propose({ [FILE]: HOTFIX }, { 'ledger-repository': 'acme/elsewhere' })
    expect([exitCode, outputs['reason-code']]).toEqual([0, 'files-sound'])
    expect(summary).toMatch(
      /which releases run is not known: .*elsewhere[\s\S]*`hotfix` · `reload`: gets another name, where it is pending/,
    )
  })
})
