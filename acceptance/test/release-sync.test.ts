import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createBegunStage, HOTFIX, INVENTORY, lookAtRelease, PLATFORM, releaseOf, type ReleaseStage, tickedIn } from '../src/index.ts'

const HOTFIX_FILE = 'release/releases/hotfix.yml'
const SECOND = 'release/releases/second.yml'
const THIRD = 'release/releases/third.yml'
const DRAFT = 'release/releases/draft.yml'
/** In the order of their activation. */
const [HOTFIX_BOARD, SECOND_BOARD, THIRD_BOARD] = [1, 2, 3] as const

let stage: ReleaseStage
beforeEach(async () => {
  stage = await createBegunStage({
    name: 'three active',
    files: { [SECOND]: releaseOf(3), [THIRD]: releaseOf(2), [DRAFT]: releaseOf(2) },
    async begin({ play }) {
      for (const release of ['hotfix', 'second', 'third']) await play({ inputs: { mode: 'activate', release } })
    },
  })
})
afterEach(() => stage.close())

const push = async (files: Readonly<Record<string, string | null>>) => {
  await stage.github.world.commit({ repository: PLATFORM, files })
  return stage.play({ eventName: 'push' })
}
/** A customer's steps as its board lists them. */
const stepsOf = (board: number, customer = 'eu-1/brede'): readonly string[] =>
  [...stage.bodyOf(board).matchAll(/^- \[[ x]\] .*`([^`]+)` <!-- (\S+) -->$/gm)].flatMap(([, step = '', address]) =>
    address === customer ? [step] : [],
  )
const eventsOf = async (type: string) => (await lookAtRelease(stage)).events.filter((event) => event.type === type)

describe('a push that changes several releases', () => {
  test('is taken in by one commit, each release named with what changed', async () => {
    const before = (await stage.ledgerLog()).length
    const { outputs, summary, exitCode } = await push({
      [HOTFIX_FILE]: HOTFIX.replace('Reload the gateway', 'Reload it'),
      [SECOND]: releaseOf(4),
      [DRAFT]: releaseOf(4),
    })
    expect([exitCode, outputs['decision'], outputs['changes']]).toEqual([0, 'done', '2'])
    expect((await stage.ledgerLog()).length).toBe(before + 1)
    expect(summary).toContain('- `hotfix` · the template: changed `reload`')
    expect(summary).toContain('- `second` · the template: added `step-4`')
    expect(stage.bodyOf(HOTFIX_BOARD)).toContain('Reload it `reload`')
    expect(stepsOf(SECOND_BOARD)).toEqual(['step-1', 'step-2', 'step-3', 'step-4'])
    expect(stepsOf(THIRD_BOARD)).toEqual(['step-1', 'step-2'])
  })

  test('of which one is faulty takes the others in, names the fault at its place, and fails', async () => {
    const { outputs, summary, annotations, exitCode } = await push({
      [HOTFIX_FILE]: HOTFIX.replace('Reload the gateway', 'Reload it'),
      [SECOND]: releaseOf(4),
      [THIRD]: 'name: Third\ntype: relaese\nsteps:\n  deploy:\n    - { id: a, name: A, type: bash, content: a, by: x }\n',
    })
    expect([exitCode === 0, outputs['decision'], outputs['changes']]).toEqual([false, 'refused', '2'])
    expect(annotations.map(({ level, file, line, column }) => `${level} ${file}:${line}:${column}`)).toEqual([
      `error ${THIRD}:2:7`,
      `error ${THIRD}:5:49`,
    ])
    expect(summary).toContain('**2 changes**')
    expect(summary).toMatch(/\*\*Refused\*\*, with nothing of it changed:\n\n- `release\/releases\/third.yml`/)
    expect(stepsOf(SECOND_BOARD)).toHaveLength(4)
    expect(stepsOf(THIRD_BOARD)).toHaveLength(2)
    const again = await push({ [THIRD]: releaseOf(3) })
    expect([again.exitCode, again.outputs['changes']]).toEqual([0, '1'])
    expect(stepsOf(THIRD_BOARD)).toHaveLength(3)
  })

  test('names the line of a content that is missing', async () => {
    const { annotations, exitCode } = await push({
      [HOTFIX_FILE]: HOTFIX.replace('type: bash, content: echo reloaded', 'type: bash, file: steps/reload.sh'),
    })
    expect(exitCode).not.toBe(0)
    expect(annotations.map(({ file, line }) => `${file}:${line}`)).toEqual([`${HOTFIX_FILE}:9`])
  })

  test('twice at the same moment is taken in once', async () => {
    await stage.github.world.commit({ repository: PLATFORM, files: { [SECOND]: releaseOf(5) } })
    const results = await Promise.all([1, 2, 3].map(() => stage.play({ eventName: 'push' })))
    expect(results.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
    expect(await eventsOf('release.template-changed')).toHaveLength(1)
    expect(stepsOf(SECOND_BOARD)).toHaveLength(5)
  })

  test('that changes no step writes nothing', async () => {
    const before = await stage.ledgerLog()
    const { outputs } = await push({ [HOTFIX_FILE]: `# Checked by the desk.\n${HOTFIX}`, 'README.md': 'words' })
    expect(outputs['reason-code']).toBe('nothing-changed')
    expect(await stage.ledgerLog()).toEqual(before)
  })
})

describe('a release’s file', () => {
  test.each([
    ['deleted', {}],
    ['renamed', { 'release/releases/hotfix-2.yml': HOTFIX }],
  ])('that is %s takes nothing with it: the release goes on, with a warning', async (_, files) => {
    const { exitCode, annotations } = await push({ [HOTFIX_FILE]: null, ...files })
    expect(exitCode).toBe(0)
    expect(annotations).toMatchObject([{ level: 'warning', message: expect.stringMatching(/hotfix\.yml is not in .* stays as it is/) }])
    expect(stepsOf(HOTFIX_BOARD)).toEqual(['rotate', 'reload', 'handshake'])
    expect((await stage.say(HOTFIX_BOARD, '/step done rotate --all')).outputs['changes']).toBe('3')
    expect((await push({ [HOTFIX_FILE]: HOTFIX.replace('Reload the gateway', 'Reload it') })).outputs['changes']).toBe('1')
  })

  test('of an archived release changes nothing any more, and it is said', async () => {
    await stage.say(HOTFIX_BOARD, '/release archive')
    const body = stage.bodyOf(HOTFIX_BOARD)
    expect((await push({ [HOTFIX_FILE]: HOTFIX.replace('Reload the gateway', 'Reload it') })).outputs['reason-code']).toBe(
      'nothing-changed',
    )
    expect(stage.bodyOf(HOTFIX_BOARD)).toBe(body)
    const named = await stage.play({ inputs: { mode: 'sync', release: 'hotfix' } })
    expect([named.exitCode, named.outputs['reason-code']]).toEqual([0, 'nothing-changed'])
    expect(named.log).toContain('hotfix is archived')
  })

  test('of a draft waits for the activation, which takes it as it is then', async () => {
    await push({ [DRAFT]: releaseOf(4) })
    const named = await stage.play({ inputs: { mode: 'sync', release: 'draft' } })
    expect([named.exitCode, named.outputs['decision']]).toEqual([0, 'nothing-to-do'])
    expect(named.log).toContain('draft is a draft')
    await stage.play({ inputs: { mode: 'activate', release: 'draft' } })
    expect(stepsOf(4)).toHaveLength(4)
  })

  test('that nobody wrote is not synchronised', async () => {
    const { outputs, exitCode } = await stage.play({ inputs: { mode: 'sync', release: 'none' } })
    expect([outputs['reason-code'], exitCode === 0]).toEqual(['release-not-found', false])
  })
})

describe('steps of a running release', () => {
  const OWN = '/step add brede deploy bash "Mine" --after rotate\n```\necho mine\n```'

  test('that are put between others collide with none, whoever is how far', async () => {
    await stage.say(HOTFIX_BOARD, `/step done rotate brede\n/step override reload kaldvik\n\`\`\`\necho own\n\`\`\`\n${OWN}`)
    const inserted = '    - { id: between, name: Between, type: bash, content: echo b }\n'
    await push({ [HOTFIX_FILE]: HOTFIX.replace(/(?= {4}- \{ id: rotate)/, inserted.replaceAll('between', 'first')) })
    await push({
      [HOTFIX_FILE]: HOTFIX.replace(/(?= {4}- \{ id: rotate)/, inserted.replaceAll('between', 'first')).replace(
        /(?= {4}- \{ id: reload)/,
        inserted,
      ),
    })
    expect(stepsOf(HOTFIX_BOARD)).toEqual(['first', 'rotate', 'custom-1', 'between', 'reload', 'handshake'])
    expect(stepsOf(HOTFIX_BOARD, 'eu-1/kaldvik')).toEqual(['first', 'rotate', 'between', 'reload', 'handshake'])
    expect(stepsOf(HOTFIX_BOARD, 'us-1/pelican')).toEqual(['first', 'rotate', 'between', 'reload', 'handshake'])
    expect(tickedIn(stage.bodyOf(HOTFIX_BOARD))).toEqual(['eu-1/brede rotate'])
    const again = await stage.play({ inputs: { mode: 'sync' } })
    expect(again.outputs['reason-code']).toBe('nothing-changed')
  })

  test('in another order re-order every copy, and a step of one’s own follows the one it stands behind', async () => {
    await stage.say(HOTFIX_BOARD, `/step done rotate brede\n${OWN}`)
    const { outputs } = await push({ [HOTFIX_FILE]: HOTFIX.replace(/( {4}- \{ id: rotate.*\n)( {4}- \{ id: reload.*\n)/, '$2$1') })
    expect(outputs['changes']).toBe('1')
    expect(stepsOf(HOTFIX_BOARD)).toEqual(['reload', 'rotate', 'custom-1', 'handshake'])
    expect(stepsOf(HOTFIX_BOARD, 'us-1/pelican')).toEqual(['reload', 'rotate', 'handshake'])
    expect(tickedIn(stage.bodyOf(HOTFIX_BOARD))).toEqual(['eu-1/brede rotate'])
  })

  test('that go from deploy to verify keep what became of them', async () => {
    await stage.say(HOTFIX_BOARD, '/step done reload brede')
    const line = /^ {4}- \{ id: reload.*\n/m.exec(HOTFIX)?.[0] ?? ''
    await push({ [HOTFIX_FILE]: HOTFIX.replace(line, '') + line })
    expect(stepsOf(HOTFIX_BOARD)).toEqual(['rotate', 'handshake', 'reload'])
    expect(tickedIn(stage.bodyOf(HOTFIX_BOARD))).toEqual(['eu-1/brede reload'])
  })

  test('by another id are other steps: done copies stay without template, pending ones go', async () => {
    await stage.say(HOTFIX_BOARD, '/step done rotate brede\n/step override rotate kaldvik\n```\necho own\n```')
    await push({ [HOTFIX_FILE]: HOTFIX.replace('id: rotate', 'id: turn') })
    expect(stepsOf(HOTFIX_BOARD)).toEqual(['rotate', 'turn', 'reload', 'handshake'])
    expect(stage.bodyOf(HOTFIX_BOARD)).toMatch(/\[x\] .*\(no longer in the template\) `rotate` <!-- eu-1\/brede -->/)
    expect(stepsOf(HOTFIX_BOARD, 'eu-1/kaldvik')).toEqual(['turn', 'reload', 'handshake'])
    const late = await stage.say(HOTFIX_BOARD, '/step done rotate kaldvik')
    expect(late.outputs['decision']).toBe('refused')
    await push({ [HOTFIX_FILE]: HOTFIX })
    expect(stepsOf(HOTFIX_BOARD, 'eu-1/kaldvik')).toEqual(['rotate', 'reload', 'handshake'])
    await stage.say(HOTFIX_BOARD, '/step show rotate kaldvik')
    expect(stage.commentsOf(HOTFIX_BOARD).at(-1)).toContain('echo rotated')
  })
})

describe('a customer of a running release', () => {
  test('who left the inventory stays, counts and is worked off, and nothing is run for it', async () => {
    await push({
      'release/inventory.yml': INVENTORY.replace('      - { name: Kaldvik Marina, namespace: kaldvik }\n', '').replace(
        'namespace: pelican }',
        'namespace: pelican, active: false }',
      ),
    })
    expect((await stage.say(HOTFIX_BOARD, '/step done rotate --all')).outputs).toMatchObject({ changes: '3', percent: '33' })
    expect((await stage.say(HOTFIX_BOARD, '/step done reload kaldvik\n/step done reload us-1/pelican')).outputs['changes']).toBe('2')
    expect((await stage.say(HOTFIX_BOARD, '/step run handshake kaldvik')).outputs['decision']).toBe('refused')
    expect(stage.commentsOf(HOTFIX_BOARD).at(-1)).toContain('not active in the inventory')
    expect((await push({ [HOTFIX_FILE]: HOTFIX.replace('Reload the gateway', 'Reload it') })).outputs['changes']).toBe('1')
    expect((await lookAtRelease(stage)).cells).toEqual({ 'eu-1/brede': 'd..', 'eu-1/kaldvik': 'dd.', 'us-1/pelican': 'dd.' })
    expect((await stage.say(HOTFIX_BOARD, '/release add kaldvik')).outputs['decision']).toBe('refused')
  })

  test('goes on with an inventory that is faulty only where none is needed', async () => {
    const { exitCode, outputs } = await push({
      'release/inventory.yml': 'clusters: none\n',
      [HOTFIX_FILE]: HOTFIX.replace('Reload the gateway', 'Reload it'),
    })
    expect([exitCode, outputs['changes']]).toEqual([0, '1'])
    const said = await stage.say(HOTFIX_BOARD, '/step done rotate --all')
    expect(said.outputs['decision']).toBe('refused')
    expect(stage.commentsOf(HOTFIX_BOARD).at(-1)).toContain('release/inventory.yml has faults')
  })
})
