import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createHotfixStage, createReleaseStage, lookAtRelease, type ReleaseStage } from '../src/index.ts'

const BOARD = 2
const fence = (text: string): string => `\n\`\`\`\n${text}\n\`\`\``

let stage: ReleaseStage

interface Said {
  readonly decision: string | undefined
  readonly answer: string
}

async function say(issue: number, body: string, by?: string): Promise<Said> {
  const { outputs } = await stage.say(issue, body, by)
  expect(outputs['decision']).toBeDefined()
  return { decision: outputs['decision'], answer: stage.commentsOf(issue).at(-1) ?? '' }
}

const cells = async (): Promise<Readonly<Record<string, string>>> => (await lookAtRelease(stage)).cells

describe('before a release is active', () => {
  beforeEach(async () => {
    stage = await createReleaseStage()
    await stage.openIssue('Hotfix')
  })
  afterEach(() => stage.close())

  test.each([
    [
      'a choice of none',
      '/release activate hotfix !eu-1/brede !eu-1/kaldvik !us-1/pelican !eu-1/old-quay',
      /NO\\?_CUSTOMERS|nobody|no customer|selector/i,
    ],
    ['an unknown customer', '/release activate hotfix eu-1/nobody', /nobody/],
    ['an inactive customer', '/release activate hotfix eu-1/old-quay', /old.*quay.*not active/],
    ['one unknown among known', '/release activate hotfix eu-1/brede us-1/nobody', /No customer matches .*nobody/],
    ['an unknown release', '/release activate nowhere', /no release nowhere/],
    ['no release at all', '/release activate', /slug/],
  ])('activate with %s is refused by name', async (_, command, why) => {
    expect(await say(1, command)).toMatchObject({ decision: 'refused', answer: expect.stringMatching(why) })
    expect((await lookAtRelease(stage)).events).toEqual([])
  })

  test('the list names the drafts, and a slug that is nearly one is told which', async () => {
    expect((await say(1, '/release list')).answer).toMatch(/`hotfix`.*draft.*\/release activate hotfix/s)
    expect((await say(1, '/release activate hotfux')).answer).toContain('Did you mean hotfix?')
  })

  test('a choice of some is taken, and others are added later', async () => {
    await say(1, '/release activate hotfix eu-1/brede')
    expect(await cells()).toEqual({ 'eu-1/brede': '...' })
    expect(await say(BOARD, '/release add us-1/pelican eu-1/brede')).toMatchObject({
      decision: 'done',
      answer: expect.stringContaining('us-1/pelican'),
    })
    expect(await cells()).toEqual({ 'eu-1/brede': '...', 'us-1/pelican': '...' })
    expect(stage.bodyOf(BOARD)).toContain('Pelican Bay')
    expect(await say(BOARD, '/release add us-1/pelican eu-1/brede')).toMatchObject({ decision: 'refused' })
    expect(await say(BOARD, '/release add eu-1/old-quay')).toMatchObject({
      decision: 'refused',
      answer: expect.stringMatching(/old.*quay/),
    })
  })

  test('a draft is archived too, and is never activated again', async () => {
    await say(1, '/release activate hotfix --dry-run')
    expect((await lookAtRelease(stage)).events).toEqual([])
    await say(1, '/release activate hotfix')
    expect(await say(BOARD, '/release archive', 'writer')).toMatchObject({
      decision: 'refused',
      answer: expect.stringContaining('maintain'),
    })
    expect(await say(BOARD, '/release archive --dry-run')).toMatchObject({ decision: 'nothing-to-do' })
    expect(await say(BOARD, '/release archive')).toMatchObject({
      decision: 'done',
      answer: expect.stringContaining('9 of 9 steps were still open'),
    })
    expect(stage.bodyOf(BOARD)).not.toMatch(/^- \[[ x]\] /m)
    expect(await say(BOARD, '/release archive')).toMatchObject({ decision: 'refused' })
    expect(await say(BOARD, '/step done rotate eu-1/brede')).toMatchObject({ decision: 'refused' })
    expect(await say(1, '/release activate hotfix')).toMatchObject({ decision: 'refused' })
  })

  test('every command on an archived release is refused in the same words, whoever carries it out', async () => {
    await say(1, '/release activate hotfix')
    await say(BOARD, '/release archive')
    const template = `/step add eu-1/brede verify bash "Warm" --template${fence('echo warm')}`
    for (const command of ['/step done rotate eu-1/brede', '/step run rotate eu-1/brede', template, '/release add us-1/pelican']) {
      const { answer } = await say(BOARD, command)
      expect(answer).toContain('The release hotfix is archived, which is final: it stays as it is. Write another release for what is left')
    }
  })
})

describe('while a release is active', () => {
  beforeAll(async () => {
    stage = await createHotfixStage()
  })
  afterAll(() => stage.close())

  test('done, its repetition, revert, skip, and what each of them refuses', async () => {
    expect(await say(BOARD, '/step done rotate eu-1/brede "went well"', 'writer')).toMatchObject({
      decision: 'done',
      answer: expect.stringContaining('went well'),
    })
    expect(await say(BOARD, '/step done rotate eu-1/brede')).toMatchObject({ decision: 'nothing-to-do' })
    expect(await say(BOARD, '/step skip rotate eu-1/brede "no need"')).toMatchObject({ decision: 'refused' })
    expect(await say(BOARD, '/step revert rotate eu-1/brede "came back"')).toMatchObject({ decision: 'done' })
    expect(await say(BOARD, '/step revert reload eu-1/brede')).toMatchObject({ decision: 'refused' })
    expect(await say(BOARD, '/step skip rotate eu-1/brede')).toMatchObject({
      decision: 'refused',
      answer: expect.stringContaining('reason'),
    })
    expect(await say(BOARD, '/step skip rotate eu-1/brede "no need"')).toMatchObject({ decision: 'done' })
    expect(await say(BOARD, '/step done nowhere eu-1/brede')).toMatchObject({
      decision: 'refused',
      answer: expect.stringContaining('nowhere'),
    })
    expect(await say(BOARD, '/step done rotate eu-1/nobody')).toMatchObject({
      decision: 'refused',
      answer: expect.stringMatching(/nobody/),
    })
    expect((await cells())['eu-1/brede']).toBe('s..')
  })

  test('done for all is one commit', async () => {
    const before = (await lookAtRelease(stage)).events.length
    expect(await say(BOARD, '/step done reload --all --dry-run')).toMatchObject({
      decision: 'nothing-to-do',
      answer: expect.stringContaining('3 changes would be made'),
    })
    expect((await lookAtRelease(stage)).events).toHaveLength(before)
    expect(await say(BOARD, '/step done reload --all')).toMatchObject({ decision: 'done', answer: expect.stringContaining('3 changes') })
    expect(Object.values(await cells()).map((row) => row[1])).toEqual(['d', 'd', 'd'])
  })

  test('selectors by cluster, tag and exception', async () => {
    await say(BOARD, '/step done handshake tag:canary')
    expect(Object.values(await cells()).map((row) => row[2])).toEqual(['d', '.', '.'])
    await say(BOARD, '/step done handshake --all !us-1/pelican')
    expect(Object.values(await cells()).map((row) => row[2])).toEqual(['d', 'd', '.'])
    await say(BOARD, '/step done handshake cluster:us-*')
    expect(Object.values(await cells()).map((row) => row[2])).toEqual(['d', 'd', 'd'])
    await say(BOARD, '/step revert handshake pelican')
    expect(Object.values(await cells()).map((row) => row[2])).toEqual(['d', 'd', 'r'])
    expect(await say(BOARD, '/step done handshake cluster:nowhere')).toMatchObject({ decision: 'refused' })
  })

  test('override and reset', async () => {
    expect(await say(BOARD, '/step override rotate us-1/pelican')).toMatchObject({ decision: 'refused' })
    expect(await say(BOARD, `/step override rotate us-1/pelican${fence('echo mine')}`)).toMatchObject({ decision: 'done' })
    expect(await say(BOARD, '/step show rotate us-1/pelican')).toMatchObject({
      answer: expect.stringMatching(/overridden[\s\S]*echo mine/),
    })
    expect(await say(BOARD, `/step override reload us-1/pelican${fence('echo late')}`)).toMatchObject({ decision: 'refused' })
    expect(await say(BOARD, '/step reset rotate us-1/pelican')).toMatchObject({ decision: 'done' })
    expect(await say(BOARD, '/step show rotate us-1/pelican')).toMatchObject({
      answer: expect.stringMatching(/from the release’s file[\s\S]*echo rotated/),
    })
    expect(await say(BOARD, '/step show nowhere us-1/pelican')).toMatchObject({ decision: 'refused' })
  })

  test('a custom step is added, edited, and removed; a template’s is not', async () => {
    expect(await say(BOARD, `/step add us-1/pelican verify sql "Count the rows" --before handshake${fence('select 1')}`)).toMatchObject({
      decision: 'done',
    })
    expect(await say(BOARD, `/step edit custom-1 us-1/pelican --name "Count them all" --type bash${fence('echo 2')}`)).toMatchObject({
      decision: 'done',
    })
    expect(await say(BOARD, '/release customer us-1/pelican')).toMatchObject({
      answer: expect.stringMatching(/Count them all[\s\S]*Look at the certificate/),
    })
    expect(await say(BOARD, '/step show custom-1 us-1/pelican')).toMatchObject({ answer: expect.stringMatching(/bash[\s\S]*echo 2/) })
    expect(await say(BOARD, '/step reset custom-1 us-1/pelican')).toMatchObject({ decision: 'refused' })
    expect(await say(BOARD, `/step edit rotate us-1/pelican --name "Mine"`)).toMatchObject({ decision: 'refused' })
    expect(await say(BOARD, '/step remove rotate us-1/pelican')).toMatchObject({ decision: 'refused' })
    expect(await say(BOARD, `/step add us-1/pelican deploy bash "Lost" --after nowhere${fence('echo')}`)).toMatchObject({
      decision: 'refused',
      answer: expect.stringContaining('nowhere'),
    })
    expect(await say(BOARD, `/step add us-1/pelican undeploy bash "Lost"${fence('echo')}`)).toMatchObject({ decision: 'refused' })
    expect(await say(BOARD, '/step remove custom-1 us-1/pelican')).toMatchObject({ decision: 'done' })
    expect(stage.bodyOf(BOARD)).not.toContain('Count them all')
  })

  test.each([
    ['/release status', /eu-1[\s\S]*us-1/],
    ['/release status us-1', /us-1/],
    ['/release status nowhere', /No customer[\s\S]*eu\\-1/],
    ['/release progress', /of 9 steps/],
    ['/release list', /hotfix/],
    ['/release customer eu-1/brede', /Port of Brede[\s\S]*no need/],
    ['/step show rotate eu-1/brede', /echo rotated[\s\S]*went well/],
    ['/help', /\/step show/],
  ])('%s shows, and changes nothing', async (command, what) => {
    const before = (await lookAtRelease(stage)).events.length
    const body = stage.bodyOf(BOARD)
    expect((await say(BOARD, command, 'reader')).answer).toMatch(what)
    expect((await lookAtRelease(stage)).events).toHaveLength(before)
    expect(stage.bodyOf(BOARD)).toBe(body)
  })

  test.each(['/release customer nobody', '/release nonsense', '/step explode rotate eu-1/brede', '/release activate other'])(
    '%s is refused',
    async (command) => {
      expect(await say(BOARD, command)).toMatchObject({ decision: 'refused' })
    },
  )

  test('help lists to each what they may do', async () => {
    const { answer } = await say(BOARD, '/help', 'reader')
    expect(answer).not.toContain('/step done')
    expect((await say(BOARD, '/help', 'writer')).answer).toContain('/step done')
  })
})

test('help tells the role of those for whom it is another, and lists what somebody may do for some alone', async () => {
  const rules = [
    '{ command: "step done", selectors: ["cluster:eu-*"], role: maintain }',
    '{ command: "step skip", role: maintain }',
    '{ command: "step skip", selectors: ["us-1/*"], role: write }',
  ]
  stage = await createReleaseStage({ files: { '.github/switchyard.yml': `commands:\n${rules.map((rule) => `  - ${rule}\n`).join('')}` } })
  const { answer } = await say(await stage.openIssue('Hotfix'), '/help', 'writer')
  expect(answer).toMatch(/`\/step done <step> <customer\\\|--all> .* \| write \(maintain for `cluster:eu-\*`\) \|/)
  expect(answer).toMatch(/`\/step skip .* \| maintain \(write for `us-1\/\*`\) \|/)
  await stage.close()
})
