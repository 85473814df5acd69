import type { PullRequest } from '@switchyard/local-github'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHotfixStage, PLATFORM, playKilled, type ReleasePlay, type ReleaseStage } from '../src/index.ts'

const BOARD = 2
const FILE = 'release/releases/hotfix.yml'
const FILE_WITH_COMMENTS = `# Asked for by the gateway's team.
name: A certificate that ends too early # they said
type: hotfix
steps:
  deploy:
    # First of all.
    - { id: rotate, name: Put it in place, type: bash, content: echo rotated }
  verify: # from outside
    - id: handshake
      name: Look at it
      type: text
      content: |
        Open the payment page.
`
const add = (name: string, flags = ''): string =>
  `/step add eu-1/brede verify bash "${name}" ${flags} --template\n\`\`\`\necho warm\n\`\`\``
const REF = { method: 'PATCH', route: /\/git\/refs\// } as const
const PULL = { method: 'POST', route: /\/pulls$/ } as const

let stage: ReleaseStage
beforeEach(async () => {
  stage = await createHotfixStage({ files: { [FILE]: FILE_WITH_COMMENTS } })
})
afterEach(() => stage.close())

const git = () => stage.github.world.git(PLATFORM)
const fileAt = async (branch: string): Promise<string> => {
  const head = (await git().readRef(`refs/heads/${branch}`)) ?? ''
  const entry = await git().readPath(head, FILE)
  return (await git().readBlob(entry?.oid ?? ''))?.toString('utf8') ?? ''
}
const answer = (): string => stage.commentsOf(BOARD).at(-1) ?? ''
const pulls = (): readonly PullRequest[] => [...stage.github.world.state.pulls.values()]
const protect = () => stage.github.world.addRuleset(PLATFORM, { name: 'by request', include: ['~DEFAULT_BRANCH'], rules: ['pull_request'] })
/** Somebody else's commit, into another file. */
const pushElsewhere = () => stage.github.world.commit({ repository: PLATFORM, files: { 'README.md': `${Math.random()}` } })
const boxes = (): number => stage.bodyOf(BOARD).match(/^- \[ \] /gm)?.length ?? 0
const commits = async (): Promise<number> => (await git().log({ from: (await git().readRef('refs/heads/main')) ?? '' })).length

const ask = async (
  path: string,
  { method = 'PUT', body = {} }: { readonly method?: string; readonly body?: unknown } = {},
): Promise<void> => {
  const response = await fetch(`${stage.github.apiUrl}/repos/${PLATFORM}${path}`, {
    method,
    headers: { authorization: `bearer ${stage.tokenOf('maintainer')}` },
    body: JSON.stringify(body),
  })
  expect(response.status).toBe(200)
}

/** Each of the next pushes of ours waits until somebody else has pushed. */
function overtake(times: number): void {
  stage.github.faults.add({
    match: REF,
    kind: 'hold',
    times,
    get until() {
      return pushElsewhere().then(() => undefined)
    },
  })
}

const FORM = {
  mode: 'add-step',
  release: 'hotfix',
  customers: 'eu-1/brede',
  category: 'verify',
  name: 'Warm',
  content: 'echo warm',
} as const

test('a form writes the step into the file once, and it reaches every customer', async () => {
  const run = await stage.startRun()
  const before = [await commits(), boxes()] as const
  const dry = await stage.play({ inputs: { ...FORM, template: 'true', 'dry-run': 'true' } })
  expect([dry.outputs['reason-code'], await commits()]).toEqual(['dry-run', before[0]])
  for (const attempt of [1, 2]) {
    const { outputs, summary } = await stage.play({ inputs: { ...FORM, template: 'true' }, run, attempt })
    expect([outputs['decision'], outputs['reason-code'], summary]).toEqual(['done', 'commanded', expect.stringContaining('hotfix')])
  }
  expect(await commits()).toBe(before[0] + 1)
  expect(await fileAt('main')).toMatch(/name: Warm/)
  expect(boxes()).toBe(before[1] + 3)
})

test('a form whose step can stand nowhere in the file is refused, and writes nothing', async () => {
  const before = await commits()
  const { outputs, exitCode } = await stage.play({ inputs: { ...FORM, template: 'true', anchor: 'after:nothing' } })
  expect([outputs['reason-code'], exitCode, await commits()]).toEqual(['unknown-anchor', 1, before])
})

/** The same comment's run once more, as after one that was killed before it answered. */
async function killedBeforeAnswer(body: string): Promise<void> {
  const play: ReleasePlay = { eventName: 'issue_comment', payload: await stage.comment(BOARD, body) }
  const said = stage.commentsOf(BOARD).length
  const killed = await playKilled(stage, play, { match: { method: 'POST', route: /\/pulls$/ }, kind: 'lost-answer-after' })
  expect([killed.killedBy, stage.commentsOf(BOARD).length]).toEqual(['SIGKILL', said])
}

describe('where the branch takes commits', () => {
  test('the step is written behind its anchor, comments stay, and everybody has it', async () => {
    const { outputs } = await stage.say(BOARD, add('Warm up', '--before handshake'), 'writer')
    expect(outputs).toMatchObject({ decision: 'done', 'reason-code': 'commanded' })
    expect(answer()).toMatch(/`warm-up` was written into `release\/releases\/hotfix\.yml` by \[/)
    const text = await fileAt('main')
    for (const line of FILE_WITH_COMMENTS.split('\n')) expect(text).toContain(line)
    expect(text.indexOf('id: warm-up')).toBeLessThan(text.indexOf('id: handshake'))
    expect(text.indexOf('id: warm-up')).toBeGreaterThan(text.indexOf('verify:'))
    expect(boxes()).toBe(9)
    const head = await git().readCommit((await git().readRef('refs/heads/main')) ?? '')
    expect(head?.message).toMatch(/^Add warm-up to hotfix\n\nAsked for by writer\.\n\nSwitchyard-Command: [0-9a-f]{40}$/m)
  })

  test('several in one comment are all written', async () => {
    await stage.say(
      BOARD,
      [add('Warm up'), add('Warm up'), add('Warm up').replace('echo', 'printf'), add('Cool down', '--after handshake')].join('\n'),
    )
    expect(answer().match(/was written into|had been written into/g)).toEqual(
      ['was', 'had been', 'was', 'was'].map((word) => `${word} written into`),
    )
    const text = await fileAt('main')
    expect([...text.matchAll(/id: ([\w-]+)/g)].map(([, id]) => id)).toEqual(['rotate', 'handshake', 'cool-down', 'warm-up', 'warm-up-2'])
    expect(boxes()).toBe(15)
  })

  test('one that others’ pushes overtake is written upon theirs', async () => {
    overtake(1)
    await stage.say(BOARD, add('Warm up'))
    expect(answer()).toContain('was written into')
    expect(await fileAt('main')).toContain('id: warm-up')
    expect(boxes()).toBe(9)
  })

  test('one that is overtaken each time is given up, and changes nothing', async () => {
    const before = await fileAt('main')
    overtake(4)
    const { outputs } = await stage.say(BOARD, add('Warm up'))
    expect(outputs).toMatchObject({ decision: 'refused', result: expect.stringContaining('TEMPLATE_MOVED') })
    expect(answer()).toMatch(/main moved on each time.*again/)
    expect([await fileAt('main'), boxes()]).toEqual([before, 6])
  })

  test.each(['lost-answer-after', 'error-after'] as const)('a push with %s is written once', async (kind) => {
    const before = await commits()
    stage.github.faults.add({ match: REF, kind })
    await stage.say(BOARD, add('Warm up'))
    expect([answer(), await commits()]).toEqual([expect.stringContaining('was written into'), before + 1])
  })

  test('a run that was killed behind its push is answered, and writes no second one', async () => {
    const play: ReleasePlay = { eventName: 'issue_comment', payload: await stage.comment(BOARD, add('Warm up')) }
    await playKilled(stage, play, { match: REF, kind: 'lost-answer-after' })
    const before = await commits()
    await pushElsewhere()
    await stage.say(BOARD, '/release list')
    expect(stage.commentsOf(BOARD).join('\n')).toMatch(/It had been written into.* by \[/)
    expect([await commits(), boxes()]).toEqual([before + 1, 9])
  })

  test.each([
    ['a step that is not there', add('Warm up', '--after nowhere'), /has no step nowhere among those of verify/],
    ['a step of the other category', add('Warm up', '--after rotate'), /has no step rotate among those of verify/],
    ['both places at once', add('Warm up', '--after handshake --before handshake'), /both were said/],
    ['a name that is too long', add('Warm up'.repeat(60)), /would have faults/],
  ])('%s is refused, and nothing is written', async (_, command, why) => {
    const before = await commits()
    expect((await stage.say(BOARD, command)).outputs['decision']).toBe('refused')
    expect([answer(), await commits()]).toEqual([expect.stringMatching(why), before])
  })

  test('a dry run says what would be written', async () => {
    const before = await commits()
    expect((await stage.say(BOARD, add('Warm up', '--dry-run'))).outputs['reason-code']).toBe('dry-run')
    expect([answer(), await commits()]).toEqual([expect.stringContaining('would be written'), before])
  })

  test('who may only read writes nothing', async () => {
    const before = await commits()
    expect((await stage.say(BOARD, add('Warm up'), 'reader')).outputs['decision']).toBe('refused')
    expect(await commits()).toBe(before)
  })
})

describe('where it takes requests only', () => {
  beforeEach(() => void protect())

  test('the step is proposed, and its merge brings it', async () => {
    await stage.say(BOARD, add('Warm up'))
    const [pull, ...more] = pulls()
    expect(more).toEqual([])
    expect(answer()).toMatch(/`main` takes no commits of ours, so `warm-up` waits in \[pull request 3\]/)
    expect([await fileAt('main'), await fileAt(pull?.headRef ?? '')]).toEqual([FILE_WITH_COMMENTS, expect.stringContaining('id: warm-up')])
    expect(boxes()).toBe(6)
    await ask('/pulls/3/merge')
    await stage.play({ eventName: 'push', inputs: { mode: 'sync' } })
    expect(boxes()).toBe(9)
  })

  test.each(['open', 'merged', 'squashed', 'closed'] as const)(
    'a run that was killed behind its request hands on the one that is %s',
    async (state) => {
      await killedBeforeAnswer(add('Warm up'))
      if (state === 'merged') await ask('/pulls/3/merge')
      if (state === 'squashed') await ask('/pulls/3/merge', { body: { merge_method: 'squash' } })
      if (state === 'closed') await ask('/pulls/3', { method: 'PATCH', body: { state: 'closed' } })
      await stage.say(BOARD, '/release list')
      const said = stage.commentsOf(BOARD).at(-2)
      expect(said).toMatch(
        {
          open: /waits in \[pull request 3\]/,
          merged: /had been written into/,
          squashed: /proposed in \[pull request 3\].*was merged/,
          closed: /proposed in \[pull request 3\].*closed without a merge/,
        }[state],
      )
      expect(pulls()).toHaveLength(1)
    },
  )

  test.each(['error-after', 'lost-answer-after'] as const)('a request with %s is found, and not opened twice', async (kind) => {
    stage.github.faults.add({ match: PULL, kind })
    await stage.say(BOARD, add('Warm up'))
    expect([answer(), pulls().length]).toEqual([expect.stringContaining('waits in [pull request 3]'), 1])
  })

  test('a token that may not open it names the branch that waits, and keeps no command behind it', async () => {
    stage.github.faults.add({ match: PULL, kind: 'error-before', status: 403 })
    const { outputs } = await stage.say(BOARD, add('Warm up'))
    expect(outputs).toMatchObject({ decision: 'refused', result: expect.stringContaining('PULL_REQUEST_NOT_OPENED') })
    expect(answer()).toMatch(/waits on the branch switchyard\/step\\?-[0-9a-f]{16}.*Open it by hand.*pull\\?-requests: write/)
    expect((await stage.say(BOARD, '/step done rotate eu-1/brede')).outputs).toMatchObject({ changes: '1' })
  })
})

test('a token that may write nothing names the permission in its answer', async () => {
  const permissions = { contents: 'read', issues: 'write', checks: 'write' } as const
  const token = stage.github.world.createToken({ kind: 'job', repository: PLATFORM, permissions })
  const { outputs } = await stage.play({ eventName: 'issue_comment', payload: await stage.comment(BOARD, add('Warm up')), token })
  expect(outputs).toMatchObject({ decision: 'refused', result: expect.stringContaining('GITHUB_FORBIDDEN') })
  expect(answer()).toMatch(/contents: write/)
})
