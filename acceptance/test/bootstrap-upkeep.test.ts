import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CATALOGUE } from '../src/bootstrap-files.ts'
import {
  type BootstrapStage,
  CONTROL,
  createBootstrapStage,
  make,
  makeExecutable,
  release,
  resultOf,
  TEMPLATE,
  TEMPLATE_FILES,
} from '../src/index.ts'

let stage: BootstrapStage
beforeEach(async () => {
  stage = await createBootstrapStage({ template: TEMPLATE_FILES })
})
afterEach(() => stage.close())

const look = (mode: 'drift' | 'update', inputs: Record<string, string> = {}) => resultOf(stage, { inputs: { mode, ...inputs } })
const edit = (name: string, files: Record<string, string | Buffer | null>) =>
  stage.github.world.commit({ repository: `acme/${name}`, files })
const pullsOf = async (name: string): Promise<readonly { number: number; title: string; body: string; head: { ref: string } }[]> =>
  (await stage.request('GET', `/repos/acme/${name}/pulls?state=open`)) as never
const NEXT = { files: { 'README.md': '# {{ repo.name }}\n\nMade from the newer template.\n' } }

describe('drift', () => {
  test('finds nothing where nobody touched anything, and names each file that somebody did', async () => {
    await make(stage, 'shop')
    await make(stage, 'blog')
    expect(await look('drift')).toMatchObject({
      code: 'no-drift',
      repositories: [
        { repository: 'acme/shop', changed_files: 0 },
        { repository: 'acme/blog', changed_files: 0 },
      ],
    })
    await edit('blog', { 'notes.txt': 'mine\n', 'old.txt': null, 'own.txt': 'is nobody else’s affair\n' })
    await makeExecutable(stage, 'acme/blog', 'run.sh')
    const found = await look('drift')
    expect(found).toMatchObject({ code: 'drift-found', repositories: [{ changed_files: 0 }, { template: null }] })
    expect(found['repositories']).toMatchObject([
      { files: [] },
      {
        files: [
          { path: 'notes.txt', drift: 'changed' },
          { path: 'old.txt', drift: 'deleted' },
          { path: 'run.sh', drift: 'mode' },
        ],
      },
    ])
  })

  test('tells a newer template from a newer catalogue, and that from one which means other actions', async () => {
    await make(stage, 'shop')
    await release(stage, 'v1.1.0', {
      files: {},
      catalogue: CATALOGUE.replace('title: No sign-in', 'title: Nobody signs in').replace('name: triage', 'name: sorting'),
    })
    expect(await look('drift')).toMatchObject({
      code: 'drift-found',
      repositories: [
        {
          repository: 'acme/shop',
          template: { from: 'acme/template@v1.0.0', to: 'acme/template@v1.1.0' },
          catalogue_newer: true,
          recipe_newer: true,
          changed_files: 0,
        },
      ],
    })
    await stage.github.world.commit({
      repository: CONTROL,
      files: { 'bootstrap/catalog.yml': CATALOGUE.replace('name: triage', 'name: sorting') },
    })
    expect(await look('drift')).toMatchObject({
      code: 'no-drift',
      repositories: [{ template: null, catalogue_newer: true, recipe_newer: false }],
    })
  })

  test('a repository that cannot be compared is named and stops none of the others', async () => {
    await make(stage, 'shop')
    await make(stage, 'blog')
    await make(stage, 'wiki')
    await edit('blog', { '.github/bootstrap.json': null })
    await edit('wiki', { '.github/bootstrap.json': '{}\n' })
    const found = await look('drift', { repositories: 'acme/nowhere\nacme/blog\nacme/wiki\nacme/shop\nACME/Shop' })
    expect(found).toMatchObject({ code: 'no-drift', repositories: [{ repository: 'acme/shop' }] })
    expect(found['not_compared']).toMatchObject([
      { repository: 'acme/nowhere', message: expect.stringContaining('cannot see it') },
      { repository: 'acme/blog', message: expect.stringContaining('.github/bootstrap.json') },
      { repository: 'acme/wiki', message: expect.stringContaining('no receipt') },
    ])
    expect(await look('drift', { repositories: 'acme/nowhere' })).toMatchObject({ code: 'not-compared' })
  })

  test('the catalogue that a receipt names is found in git history, with options that are archived since', async () => {
    await make(stage, 'shop', { selections: 'add-ons: labels' })
    const archived = CATALOGUE.replace('label: Labels\n', 'label: Labels\n        archived: true\n')
    await release(stage, 'v1.1.0', { ...NEXT, catalogue: archived })
    expect(await look('drift')).toMatchObject({ repositories: [{ catalogue_newer: true, recipe_newer: false }], not_compared: [] })
    expect(await look('update')).toMatchObject({ code: 'updates-opened' })
    const [pull] = await pullsOf('shop')
    const receipt = await stage.git('acme/shop', 'show', `${pull?.head.ref ?? ''}:.github/bootstrap.json`)
    expect(JSON.parse(receipt)).toMatchObject({ selected_options: { 'add-ons': ['labels'] }, template_version: 'v1.1.0' })
  })

  test('a catalogue that history does not hold, and a tag that moved, are told', async () => {
    await make(stage, 'shop')
    await stage.github.world.commit({ repository: TEMPLATE, files: { 'README.md': 'moved\n' } })
    await stage.request('PATCH', `/repos/${TEMPLATE}/git/refs/tags/v1.0.0`, {
      sha: await stage.git(TEMPLATE, 'rev-parse', 'main'),
      force: true,
    })
    expect(await look('drift')).toMatchObject({ not_compared: [{ message: expect.stringContaining('another commit') }] })
    await release(stage, 'v1.1.0', NEXT)
    expect(await look('drift')).toMatchObject({ not_compared: [], repositories: [{ changed_files: 0 }] })
    const receipt = JSON.parse(await stage.git('acme/shop', 'show', 'main:.github/bootstrap.json'))
    await edit('shop', { '.github/bootstrap.json': JSON.stringify({ ...receipt, catalog_version: 'f'.repeat(64) }) })
    expect(await look('drift')).toMatchObject({
      code: 'not-compared',
      not_compared: [{ message: expect.stringContaining('ffffffffffff') }],
    })
  })

  test('a recipe that runs commands says that their work counts as changed', async () => {
    await make(stage, 'shop', { selections: 'add-ons: version' })
    const found = await look('drift')
    expect(found).toMatchObject({ repositories: [{ runs_commands: true, files: [{ path: 'package.json' }] }] })
  })
})

describe('update', () => {
  test('opens one pull request for each repository, merged from three sides, and none again', async () => {
    await make(stage, 'shop')
    await make(stage, 'blog')
    await edit('shop', {
      'notes.txt': 'one\r\nTWO\r\nTHREE\r\nfour\r\nfive\r\nsix\r\nseven\r\n',
      'both.bin': Buffer.from([0, 7]),
      'kept.txt': 'changed here\n',
      'moved.txt': 'moves as it is, and was changed here\n',
      'own.txt': 'stays\n',
    })
    await release(stage, 'v1.1.0', {
      files: {
        ...NEXT.files,
        'notes.txt': 'one\r\n2\r\n3\r\n3a\r\nfour\r\nfive\r\nsix\r\nSEVEN\r\n',
        'old.txt': null,
        'kept.txt': null,
        'moved.txt': null,
        'new/moved.txt': 'moves as it is\n',
        'logo.bin': Buffer.from([0, 254]),
        'both.bin': Buffer.from([0, 8]),
        'added.txt': 'new\n',
      },
    })
    await makeExecutable(stage, TEMPLATE, 'run.sh')
    await stage.tag('v1.2.0')
    await stage.github.world.commit({ repository: CONTROL, files: { 'bootstrap/catalog.yml': CATALOGUE.replace('v1.0.0', 'v1.2.0') } })
    const head = await stage.git('acme/shop', 'rev-parse', 'main')

    expect(await look('update')).toMatchObject({
      code: 'updates-opened',
      pull_requests: [
        { repository: 'acme/shop', conflicts: 4, state: 'opened' },
        { repository: 'acme/blog', conflicts: 0, state: 'opened' },
      ],
    })
    const [pull] = await pullsOf('shop')
    const branch = pull?.head.ref ?? ''
    expect(await stage.git('acme/shop', 'log', '--format=%H', branch)).toContain(head)
    expect(await stage.git('acme/shop', 'diff', '--name-status', 'main', branch)).toBe(
      [
        'M\t.github/bootstrap.json',
        'M\tREADME.md',
        'A\tadded.txt',
        'M\tlogo.bin',
        'A\tnew/moved.txt',
        'M\tnotes.txt',
        'D\told.txt',
        'M\trun.sh',
      ].join('\n'),
    )
    expect(await stage.git('acme/shop', 'ls-tree', branch, 'run.sh')).toContain('100755')
    expect(await stage.git('acme/shop', 'show', `${branch}:notes.txt`)).toBe(
      ['one', '<<<<<<< yours', 'TWO', 'THREE', '=======', '2', '3', '3a', '>>>>>>> template v1.2.0', 'four', 'five', 'six', 'SEVEN'].join(
        '\r\n',
      ),
    )
    expect(pull?.title).toBe('Update from the template to v1.2.0 (4 conflicts)')
    expect(pull?.body).toContain('| `notes.txt` | 2–9 |')
    for (const path of ['both.bin', 'kept.txt', 'moved.txt']) expect(pull?.body).toContain(`| \`${path}\` |`)
    expect(JSON.parse(await stage.git('acme/shop', 'show', `${branch}:.github/bootstrap.json`))).toMatchObject({
      template_version: 'v1.2.0',
      repo_slug: 'shop',
    })

    expect(await look('update')).toMatchObject({ code: 'updates-known', pull_requests: [{ state: 'known' }, { state: 'known' }] })
    expect(await pullsOf('shop')).toHaveLength(1)
  })

  test('a receipt that a formatter went over is replaced and never marked', async () => {
    await make(stage, 'shop')
    const receipt = JSON.parse(await stage.git('acme/shop', 'show', 'main:.github/bootstrap.json'))
    await edit('shop', { '.github/bootstrap.json': JSON.stringify(receipt, null, 8) })
    await release(stage, 'v1.1.0', NEXT)
    expect(await look('update')).toMatchObject({ code: 'updates-opened', pull_requests: [{ conflicts: 0 }] })
    const [pull] = await pullsOf('shop')
    expect(JSON.parse(await stage.git('acme/shop', 'show', `${pull?.head.ref ?? ''}:.github/bootstrap.json`))).toMatchObject({
      template_version: 'v1.1.0',
    })
  })

  test('a repository that is archived is named', async () => {
    await make(stage, 'shop')
    await stage.request('PATCH', '/repos/acme/shop', { archived: true })
    await release(stage, 'v1.1.0', NEXT)
    expect(await look('update')).toMatchObject({
      code: 'not-compared',
      not_compared: [{ repository: 'acme/shop', message: expect.stringContaining('archived') }],
    })
  })

  test('once it is merged nothing is due and nothing has drifted', async () => {
    await make(stage, 'shop')
    await release(stage, 'v1.1.0', NEXT)
    await look('update')
    const [pull] = await pullsOf('shop')
    await stage.request('PUT', `/repos/acme/shop/pulls/${pull?.number ?? 0}/merge`, {})
    expect(await look('drift')).toMatchObject({ code: 'no-drift', repositories: [{ template: null, changed_files: 0 }] })
    expect(await look('update')).toMatchObject({ code: 'no-update-due', pull_requests: [] })
  })

  test('what cannot be compared keeps no other from its update, and nothing due is nothing to do', async () => {
    await make(stage, 'shop')
    await make(stage, 'blog')
    await edit('blog', { '.github/bootstrap.json': null })
    await release(stage, 'v1.1.0', NEXT)
    expect(await look('update')).toMatchObject({
      code: 'updates-opened',
      pull_requests: [{ repository: 'acme/shop', state: 'opened' }],
      not_compared: [{ repository: 'acme/blog' }],
    })
    expect(await look('update', { repositories: 'acme/blog' })).toMatchObject({ code: 'not-compared' })
  })

  test('an App without workflows brings every update that writes none, and names the permission for one that does', async () => {
    await make(stage, 'shop')
    await release(stage, 'v1.1.0', NEXT)
    const { app, privateKey = '' } = stage.github.world.addApp({
      slug: 'modest',
      owner: 'acme',
      permissions: { metadata: 'read', contents: 'write', pull_requests: 'write' },
    })
    stage.github.world.install({ app: 'modest', account: 'acme', repositories: 'all' })
    const updateByApp = () =>
      resultOf(stage, { credential: 'none', inputs: { mode: 'update', 'app-id': String(app.id), 'private-key': privateKey } })
    expect(await updateByApp()).toMatchObject({ code: 'updates-opened' })
    await release(stage, 'v1.2.0', { files: { '.github/workflows/ci.yml': 'on: push\njobs: {}\n' } })
    expect(await updateByApp()).toMatchObject({
      code: 'update-failed',
      pull_requests: [{ state: 'failed', error: expect.stringContaining('workflows') }],
    })
  })

  test.each([
    ['before the branch is there', /\/acme\/shop\/git\/refs$/, 'lost-answer-before'],
    ['when the branch is there', /\/acme\/shop\/pulls$/, 'lost-answer-before'],
    ['when the pull request is open', /\/acme\/shop\/pulls$/, 'lost-answer-after'],
  ] as const)('killed %s, the next run ends it with one pull request', async (_, route, kind) => {
    await make(stage, 'shop')
    await release(stage, 'v1.1.0', NEXT)
    await killAt(route, kind)
    expect((await look('update'))['pull_requests']).toMatchObject([{ repository: 'acme/shop', url: expect.any(String) }])
    expect(await pullsOf('shop')).toHaveLength(1)
  })

  test('a branch that was left behind is carried on to where the repository is now', async () => {
    await make(stage, 'shop')
    await release(stage, 'v1.1.0', NEXT)
    await killAt(/\/acme\/shop\/pulls$/, 'lost-answer-before')
    const [branch = ''] = (await stage.git('acme/shop', 'branch', '--list', 'switchyard/*', '--format=%(refname:short)')).split('\n')
    const left = await stage.git('acme/shop', 'rev-parse', branch)
    await edit('shop', { 'own.txt': 'made meanwhile\n' })
    expect(await look('update')).toMatchObject({ code: 'updates-opened' })
    expect(await stage.git('acme/shop', 'diff', '--name-only', 'main', branch)).toBe('.github/bootstrap.json\nREADME.md')
    expect(await stage.git('acme/shop', 'log', '--format=%H', branch)).toContain(left)
  })

  test.each([
    [
      'on top',
      async (branch: string) =>
        void (await stage.github.world.commit({ repository: 'acme/shop', branch, files: { 'own.txt': 'work\n' }, message: 'Work' })),
    ],
    [
      'in its place',
      async (branch: string) => {
        const message = await stage.git('acme/shop', 'log', '-1', '--format=%B', branch)
        const main = await stage.git('acme/shop', 'rev-parse', 'main')
        await stage.request('PATCH', `/repos/acme/shop/git/refs/heads/${branch}`, { sha: main, force: true })
        await stage.github.world.commit({ repository: 'acme/shop', branch, files: { 'own.txt': 'work\n' }, message })
      },
    ],
  ])('a branch on which somebody worked (%s) is left as it is, and named', async (_, work) => {
    await make(stage, 'shop')
    await release(stage, 'v1.1.0', NEXT)
    await killAt(/\/acme\/shop\/pulls$/, 'lost-answer-before')
    const [branch = ''] = (await stage.git('acme/shop', 'branch', '--list', 'switchyard/*', '--format=%(refname:short)')).split('\n')
    await work(branch)
    const theirs = await stage.git('acme/shop', 'rev-parse', branch)
    expect(await look('update')).toMatchObject({
      code: 'update-failed',
      pull_requests: [{ state: 'failed', error: expect.stringContaining(branch) }],
    })
    expect(await stage.git('acme/shop', 'rev-parse', branch)).toBe(theirs)
    await stage.request('DELETE', `/repos/acme/shop/git/refs/heads/${branch}`)
    expect(await look('update')).toMatchObject({ code: 'updates-opened' })
  })
})

/** An update whose process dies at this request; its workflow run is over then. */
async function killAt(route: RegExp, kind: 'lost-answer-before' | 'lost-answer-after'): Promise<void> {
  const run = await stage.startRun()
  let kill = (): void => undefined
  stage.github.faults.add({ match: { method: 'POST', route }, kind, onLost: () => kill() })
  const { killedBy } = await stage.play({
    run,
    inputs: { mode: 'update' },
    onStarted: (child) => (kill = () => void child.kill('SIGKILL')),
  })
  expect(killedBy).toBe('SIGKILL')
  await stage.github.world.completeRun(run.id, 'cancelled')
}
