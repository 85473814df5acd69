import { afterEach, describe, expect, test, vi } from 'vitest'
import { makeGate } from './gate.ts'
import type { Progress } from '../src/index.ts'
import { openRunnerLab, type RunnerLab } from './runner-lab.ts'

let lab: RunnerLab
afterEach(() => lab.close())

const workflow = (name: string, on: string, run = 'echo "$GITHUB_EVENT_NAME $GITHUB_REF"', more = ''): string =>
  `name: ${name}\non: ${on}\n${more}jobs:\n  ${name.toLowerCase()}:\n    runs-on: ubuntu-latest\n    steps: [{ run: '${run}' }]\n`

describe('a push', () => {
  test('runs the file of the pushed commit, titled by the commit, for the branches and paths that it names', async () => {
    lab = await openRunnerLab()
    await lab.push(
      {
        'yes.yml': workflow('Yes', '{ push: { branches: ["feat*"], paths: ["src/**"] } }'),
        'branch.yml': workflow('Branch', '{ push: { branches: [main] } }'),
        'ignored.yml': workflow('Ignored', '{ push: { branches-ignore: ["feat**"] } }'),
        'paths.yml': workflow('Paths', '{ push: { paths: ["doc/**"] } }'),
        'tags.yml': workflow('Tags', '{ push: { tags: ["v*"] } }'),
        'src/a.txt': 'a',
      },
      { branch: 'feature', message: 'Add a\n\nMore of it' },
    )
    expect(lab.runs().map((run) => [run.workflowName, run.displayTitle, run.headBranch])).toEqual([['Yes', 'Add a', 'feature']])
    expect(lab.job('yes').said).toEqual(['push refs/heads/feature'])
  })

  test('of a tag runs what asks for tags', async () => {
    lab = await openRunnerLab({ files: { '.github/workflows/t.yml': workflow('T', '{ push: { tags: ["v*"], branches: [main] } }') } })
    const head = await lab.github.world.git('acme/app').readRef('refs/heads/main')
    await lab.send('/repos/acme/app/git/refs', 'POST', { ref: 'refs/tags/v1', sha: head })
    await lab.send('/repos/acme/app/git/refs', 'POST', { ref: 'refs/tags/other', sha: head })
    await lab.runner.idle()
    expect(lab.job('t').said).toEqual(['push refs/tags/v1'])
  })

  test('whose message says so runs nothing', async () => {
    lab = await openRunnerLab()
    await lab.push({ 'ci.yml': workflow('CI', 'push') }, { message: 'Tidy [skip ci]' })
    expect(lab.runs()).toEqual([])
  })
})

test('what a job’s token does starts nothing, but for the two dispatches', async () => {
  const acts = `name: Acts
on: push
permissions: { actions: write, contents: write, issues: write }
jobs:
  acts:
    runs-on: ubuntu-latest
    steps:
      - shell: node {0}
        env: { T: "\${{ github.token }}" }
        run: |
          const { GITHUB_API_URL: api, GITHUB_SHA: sha, T: token } = process.env
          const send = async (path, body) => (await fetch(api + '/repos/acme/app/' + path, { method: 'POST', body: JSON.stringify(body), headers: { authorization: 'bearer ' + token } })).status
          const all = async () => console.log(await send('issues', { title: 'x' }), await send('git/refs', { ref: 'refs/heads/x', sha }),
            await send('actions/workflows/dispatched.yml/dispatches', { ref: 'main' }), await send('dispatches', { event_type: 'go' }))
          all()
`
  lab = await openRunnerLab()
  await lab.push({
    'acts.yml': acts.replace('on: push', 'on: { push: { branches: [main] } }'),
    'issues.yml': workflow('Issues', 'issues'),
    'other.yml': workflow('Other', '{ push: { branches: [x] } }'),
    'dispatched.yml': workflow('Dispatched', 'workflow_dispatch'),
    'told.yml': workflow('Told', '{ repository_dispatch: { types: [go] } }'),
    'untold.yml': workflow('Untold', '{ repository_dispatch: { types: [stop] } }'),
  })
  expect(lab.job('acts').said).toEqual(['201 201 204 204'])
  expect(
    lab
      .runs()
      .map((run) => run.workflowName)
      .sort(),
  ).toEqual(['Acts', 'Dispatched', 'Told'])
})

test('workflow_run: by name, branch and type, from the default branch, three levels and no more', async () => {
  lab = await openRunnerLab()
  const after = (name: string): string => `{ workflow_run: { workflows: [${name}], types: [completed] } }`
  await lab.push({
    'a.yml': workflow('A', 'push'),
    'b.yml': workflow(
      'B',
      after('A'),
      'echo ${{ github.event.workflow_run.conclusion }} ${{ github.event.workflow_run.head_branch }} $GITHUB_REF',
    ),
    'c.yml': workflow('C', after('B')),
    'd.yml': workflow('D', after('C')),
    'e.yml': workflow('E', after('D')),
    'other.yml': workflow('Other', '{ workflow_run: { workflows: [A], types: [completed], branches: [none] } }'),
    'requested.yml': workflow('Requested', '{ workflow_run: { workflows: [D], types: [requested] } }'),
  })
  expect(lab.runs().map((run) => run.workflowName)).toEqual(['A', 'B', 'C', 'D'])
  expect(lab.job('b').said).toEqual(['success main refs/heads/main'])
})

test('issues and comments: types, and the whole payload', async () => {
  lab = await openRunnerLab({
    files: {
      '.github/workflows/i.yml': workflow('I', '{ issues: { types: [labeled] } }', 'echo ${{ github.event.label.name }}'),
      '.github/workflows/c.yml': workflow(
        'C',
        '{ issue_comment: { types: [created] } }',
        'echo ${{ github.event.issue.number }} ${{ github.event.comment.user.login }} ${{ github.event.comment.author_association }} ${{ github.actor }}',
      ),
    },
  })
  await lab.send('/repos/acme/app/issues', 'POST', { title: 'A plan' })
  await lab.send('/repos/acme/app/issues/1/labels', 'POST', { labels: ['bug'] })
  await lab.send('/repos/acme/app/issues/1/comments', 'POST', { body: '/step done' })
  await lab.runner.idle()
  expect(lab.runs().map((run) => [run.workflowName, run.displayTitle])).toEqual([
    ['I', 'A plan'],
    ['C', 'A plan'],
  ])
  expect(lab.job('i').said).toEqual(['bug'])
  expect(lab.job('c').said).toEqual(['1 maintainer MEMBER maintainer'])
})

test('a schedule runs when the clock passes it, once', async () => {
  lab = await openRunnerLab({
    files: { '.github/workflows/s.yml': workflow('S', '{ schedule: [{ cron: "30 5 * * *" }] }', 'echo "${{ github.event.schedule }}"') },
  })
  lab.github.clock.set(new Date('2026-03-01T05:29:00Z'))
  await lab.runner.tick()
  lab.github.clock.set(new Date('2026-03-01T05:29:59Z'))
  await lab.runner.tick()
  expect(lab.runs()).toEqual([])
  lab.github.clock.set(new Date('2026-03-03T05:31:00Z'))
  await lab.runner.tick()
  await lab.runner.tick()
  await lab.runner.idle()
  expect(lab.job('s').said).toEqual(['30 5 * * *'])
})

test('inputs have their defaults when a workflow is started by hand, and are empty otherwise, in the title too', async () => {
  lab = await openRunnerLab()
  const ci = 'run-name: "to [${{ inputs.ring }}]"\non: { push: {}, workflow_dispatch: { inputs: { ring: { default: inner } } } }\n'
  await lab.push({ 'ci.yml': `${ci}jobs: { a: { runs-on: ubuntu-latest, steps: [{ run: "echo [\${{ inputs.ring }}]" }] } }\n` })
  await lab.send('/repos/acme/app/actions/workflows/ci.yml/dispatches', 'POST', { ref: 'main' })
  await lab.runner.idle()
  expect(lab.runs().map(({ displayTitle }) => displayTitle)).toEqual(['to []', 'to [inner]'])
  expect(lab.jobs().map(({ said }) => said)).toEqual([['[]'], ['[inner]']])
})

test('a disabled workflow does not run', async () => {
  lab = await openRunnerLab({ files: { '.github/workflows/ci.yml': workflow('CI', 'push') } })
  await lab.send('/repos/acme/app/actions/workflows/ci.yml/disable', 'PUT')
  await lab.push({ 'a.txt': 'a' })
  expect(lab.runs()).toEqual([])
})

describe('a group', () => {
  const dispatch = (name: string): Promise<unknown> =>
    lab.send(`/repos/acme/app/actions/workflows/${name}/dispatches`, 'POST', { ref: 'main' })
  const cancelled = (all: readonly (string | undefined)[]): number => all.filter((each) => each === 'cancelled').length

  test.each([
    ['keeps one waiting: a newer one takes its place', '{ group: g }', ['success', 'cancelled', 'success']],
    ['keeps all waiting under queue: max, in their order', '{ group: g, queue: max }', ['success', 'success', 'success']],
    [
      'ends what runs under cancel-in-progress',
      '{ group: "${{ github.workflow }}", cancel-in-progress: true }',
      ['cancelled', 'cancelled', 'success'],
    ],
  ])('%s', async (_, group, expected) => {
    await using gate = await makeGate()
    const gated = workflow('Gated', '{ workflow_dispatch: {} }', gate.wait, `concurrency: ${group}\n`)
    lab = await openRunnerLab({ files: { '.github/workflows/gated.yml': gated } })
    for (const _ of expected) await dispatch('gated.yml')
    await vi.waitFor(() => expect(cancelled(lab.conclusions())).toBe(cancelled(expected)), { timeout: 120_000, interval: 10 })
    await gate.open()
    await lab.runner.idle()
    expect(lab.conclusions()).toEqual(expected)
    const spans = lab.jobs().filter(({ conclusion }) => conclusion === 'success')
    expect(spans).toHaveLength(expected.filter((each) => each === 'success').length)
  })

  test('is entered in the order in which the runs were started, also by one whose files take longer to read', async () => {
    const names = Array.from({ length: 12 }, (_, at) => `.github/workflows/called-${at}.yml`)
    const top = 'on: workflow_dispatch\nconcurrency: { group: g, queue: max }\njobs:\n'
    const called = 'on: workflow_call\njobs: { a: { runs-on: ubuntu-latest, if: false, steps: [{ run: echo }] } }\n'
    lab = await openRunnerLab({
      files: {
        ...Object.fromEntries(names.map((name) => [name, called])),
        '.github/workflows/long.yml': `name: Long\n${top}${names.map((name, at) => `  j${at}: { uses: ./${name} }\n`).join('')}`,
        '.github/workflows/short.yml': `name: Short\n${top}  a: { runs-on: ubuntu-latest, steps: [{ run: echo }] }\n`,
      },
    })
    await Promise.all([dispatch('long.yml'), dispatch('short.yml'), dispatch('long.yml'), dispatch('short.yml')])
    await lab.runner.idle()
    const seen = (kind: Progress['kind']): readonly number[] =>
      lab.progress.flatMap((each) => (each.kind === kind && 'run' in each ? [each.run.id] : []))
    expect(seen('run-started')).toHaveLength(4)
    expect(seen('run-started')).toEqual(seen('run-queued'))
  })

  test('of jobs says why one that waited is cancelled', async () => {
    const text =
      'on: push\njobs:\n  m:\n    runs-on: ubuntu-latest\n    concurrency: one\n    strategy: { matrix: { n: [1, 2, 3] } }\n    steps: [{ run: echo }]\n'
    lab = await openRunnerLab()
    await lab.push({ 'ci.yml': text })
    expect(
      lab
        .jobs()
        .map(({ name, conclusion }) => `${name}: ${conclusion}`)
        .sort(),
    ).toEqual(['m (1): success', 'm (2): cancelled', 'm (3): success'])
    expect(lab.job('m (2)').log).toContain('Canceling since a higher priority waiting request')
  })

  test('of jobs lets one run at a time', async () => {
    const text =
      'name: CI\non: push\njobs:\n  m:\n    runs-on: ubuntu-latest\n    concurrency: { group: one, queue: max }\n    strategy: { matrix: { n: [1, 2, 3] } }\n    steps: [{ run: echo }]\n'
    lab = await openRunnerLab()
    await lab.push({ 'ci.yml': text })
    const order = lab.progress.flatMap((each) => (each.kind === 'job-started' || each.kind === 'job-completed' ? [each.kind] : []))
    expect(order).toEqual(['job-started', 'job-completed', 'job-started', 'job-completed', 'job-started', 'job-completed'])
  })
})

test('cancelling a run ends its step, runs what always runs, and cancels what waits', async () => {
  lab = await openRunnerLab()
  await lab.push(
    {
      'ci.yml': `name: CI
on: push
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: sleep 3600
      - run: echo skipped
      - run: echo "cleared \${{ job.status }}"
        if: always()
      - run: echo asked
        if: cancelled()
  b: { needs: a, runs-on: ubuntu-latest, steps: [{ run: echo never }] }
  c: { needs: a, if: always(), runs-on: ubuntu-latest, steps: [{ run: echo still }] }
`,
    },
    { wait: false },
  )
  await untilJobStarts()
  const [run] = lab.runs()
  expect((await lab.send(`/repos/acme/app/actions/runs/${run?.id}/cancel`, 'POST')).status).toBe(202)
  await lab.runner.idle()
  expect(lab.job('a')).toMatchObject({ conclusion: 'cancelled', said: ['cleared cancelled', 'asked'] })
  expect([lab.job('b').conclusion, lab.job('c').said]).toEqual(['cancelled', ['still']])
  expect(lab.conclusions()).toEqual(['cancelled'])
})

test('a run that is run again executes again as its next attempt', async () => {
  lab = await openRunnerLab()
  await lab.push({ 'ci.yml': workflow('CI', 'push', 'echo attempt $GITHUB_RUN_ATTEMPT; test $GITHUB_RUN_ATTEMPT = 2') })
  const [run] = lab.runs()
  expect((await lab.send(`/repos/acme/app/actions/runs/${run?.id}/rerun`, 'POST')).status).toBe(201)
  await lab.runner.idle()
  expect(run?.attempts.map(({ conclusion }) => conclusion)).toEqual(['failure', 'success'])
  expect(lab.jobs().map(({ said }) => said)).toEqual([['attempt 1'], ['attempt 2']])
})

async function untilJobStarts(): Promise<void> {
  while (!lab.progress.some((each) => each.kind === 'step-started' && each.step !== 'Set up job')) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test('a repository that is deleted takes its runs with it, and the runner goes on', async () => {
  lab = await openRunnerLab({ others: { gone: { 'README.md': 'x' } } })
  const files = { '.github/workflows/slow.yml': workflow('Slow', 'push', 'sleep 3600') }
  await lab.github.world.commit({ repository: 'acme/gone', files })
  const token = lab.github.world.createToken({ kind: 'classic', user: 'maintainer', scopes: ['repo', 'workflow', 'delete_repo'] })
  expect((await lab.send('/repos/acme/gone/contents/a', 'PUT', { message: 'm', content: 'YQ==' }, token)).status).toBe(201)
  await untilJobStarts()
  expect((await lab.send('/repos/acme/gone', 'DELETE', undefined, token)).status).toBe(204)
  await lab.runner.idle()
  expect(lab.runs()).toEqual([])
  await lab.push({ 'ci.yml': workflow('CI', 'push', 'echo on') })
  expect(lab.conclusions()).toEqual(['success'])
})

test('a forced cancel leaves nothing the time to run', async () => {
  lab = await openRunnerLab()
  await lab.push(
    {
      'ci.yml': 'on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps: [{ run: sleep 3600 }, { run: echo always, if: always() }]\n',
    },
    { wait: false },
  )
  await untilJobStarts()
  await lab.send(`/repos/acme/app/actions/runs/${lab.runs()[0]?.id}/force-cancel`, 'POST')
  await lab.runner.idle()
  expect(lab.job('a')).toMatchObject({ conclusion: 'cancelled', said: [] })
})

test('an event that never happens here is named at the start', async () => {
  lab = await openRunnerLab({ files: { '.github/workflows/r.yml': workflow('R', '[push, watch, gollum]') } })
  expect(lab.progress).toEqual([
    { kind: 'note', text: '.github/workflows/r.yml of acme/app asks for `watch`, `gollum`: this never happens here' },
  ])
})

test('a job’s token is worth nothing once the job has ended, and the log says what it could do', async () => {
  lab = await openRunnerLab()
  await lab.push({ 'ci.yml': workflow('CI', 'push', 'printf %s "$T" | base64', 'env: { T: "${{ github.token }}" }\n') })
  expect(lab.job('ci').log).toContain('GITHUB_TOKEN Permissions\ncontents: read\npackages: read\nmetadata: read')
  const [record] = [...lab.github.world.state.tokens.values()].filter(({ kind }) => kind === 'job')
  expect(record).toBeUndefined()
})

test('a release runs what asks for it, on its tag', async () => {
  lab = await openRunnerLab({
    files: {
      '.github/workflows/r.yml': workflow(
        'R',
        '{ release: { types: [published] } }',
        'echo ${{ github.event.release.tag_name }} $GITHUB_REF',
      ),
    },
  })
  await lab.send('/repos/acme/app/releases', 'POST', { tag_name: 'v1.0.0', draft: true })
  await lab.runner.idle()
  expect(lab.runs()).toEqual([])
  await lab.send('/repos/acme/app/releases', 'POST', { tag_name: 'v1.0.1', name: 'One' })
  await lab.runner.idle()
  expect([lab.job('r').said, lab.runs()[0]?.displayTitle]).toEqual([['v1.0.1 refs/tags/v1.0.1'], 'One'])
})

test('a pull request runs its workflow on the merge of both branches, again for new commits, and not while they conflict', async () => {
  lab = await openRunnerLab()
  const on = '{ pull_request: { branches: [main] }, pull_request_target: }'
  await lab.push({
    'pr.yml': workflow('PR', on, 'echo "$GITHUB_EVENT_NAME $GITHUB_REF $GITHUB_HEAD_REF>$GITHUB_BASE_REF ${{ github.event.action }}"'),
  })
  await lab.push({ 'a.txt': 'one\n' }, { branch: 'feature' })
  await lab.send('/repos/acme/app/pulls', 'POST', { title: 'Add a', head: 'feature', base: 'main' })
  await lab.runner.idle()
  const said = (): readonly string[] =>
    lab
      .jobs()
      .flatMap((job) => job.said)
      .sort()
  const target = 'pull_request_target refs/heads/main feature>main opened'
  expect(said()).toEqual(['pull_request refs/pull/1/merge feature>main opened', target])
  expect(lab.runs().find(({ event }) => event === 'pull_request')).toMatchObject({ displayTitle: 'Add a', headBranch: 'feature' })
  await lab.push({ 'a.txt': 'two\n' }, { branch: 'feature' })
  expect(said()).toHaveLength(4)
  await lab.push({ 'a.txt': 'three\n' }, { branch: 'main' })
  await lab.push({ 'a.txt': 'four\n' }, { branch: 'feature' })
  expect(said().filter((line) => line.startsWith('pull_request '))).toHaveLength(2)
})

test('a job that asks for the group its run holds fails with the reason, and waits for nobody', async () => {
  lab = await openRunnerLab()
  await lab.push({
    'ci.yml':
      'on: push\nconcurrency: same\njobs:\n  a:\n    runs-on: ubuntu-latest\n    concurrency: Same\n    steps: [{ run: echo never }]\n',
  })
  expect(lab.conclusions()).toEqual(['failure'])
  expect(lab.job('a').log).toContain('deadlock was detected')
})
