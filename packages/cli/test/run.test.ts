import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runCli } from './run-cli.ts'
import { runHere } from './run-here.ts'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'run-'))))
afterEach(() => rm(folder, { recursive: true, force: true }))

async function put(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
}

const workflow = (on: string, run: string, more = ''): string =>
  `name: CI\non: ${on}\njobs:\n  test:\n    runs-on: ubuntu-latest\n${more}    steps: [{ run: '${run}' }]\n`
const path = '.github/workflows/ci.yml'
const output = z.object({
  schema_version: z.literal(1),
  runs: z.array(
    z.object({
      workflow: z.string(),
      conclusion: z.string(),
      reasons: z.array(z.string()),
      jobs: z.array(
        z.object({
          name: z.string(),
          conclusion: z.string(),
          steps: z.array(z.object({ name: z.string(), conclusion: z.string(), log: z.array(z.string()) })),
        }),
      ),
    }),
  ),
})

describe('switchyard run', () => {
  test('push: runs what a push starts, and ends with 0', async () => {
    await put({ [path]: workflow('{ push: { paths: [src/**] } }', 'echo ok'), 'src/a.txt': 'a' })
    const { exitCode, stdout } = await runCli({ args: ['run', 'push', '--repos', folder, '--title', 'Add a'] })
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/“Add a” \(push\)[^]*✓ acme\/[\w-]+ · CI · test/)])
  })

  test('a failing job ends with 1, its last lines and the step that failed', async () => {
    await put({ [path]: workflow('push', 'echo about to fail; exit 4') })
    const { exitCode, stdout } = await runCli({ args: ['run', 'push', '--repos', folder] })
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/CI · test · Run echo about to fail[^\n]*\n {4}about to fail\n[^\n]*exit code 4/)
  })

  test('what is not supported is refused by name and place before anything runs', async () => {
    await put({ [path]: workflow('push', 'echo ran', '    container: node\n') })
    const { exitCode, stdout } = await runCli({ args: ['run', 'push', '--repos', folder, '--log'] })
    expect([exitCode, stdout]).toEqual([
      1,
      expect.stringContaining('.github/workflows/ci.yml:6:5: `container` is not supported by this runner'),
    ])
    expect(stdout).not.toContain('| ran')
  })

  test('--json is one document with every step and line', async () => {
    await put({ [path]: workflow('workflow_dispatch', 'echo it runs') })
    const { exitCode, stdout } = await runCli({ args: ['run', 'workflow_dispatch', '--workflow', 'ci.yml', '--repos', folder, '--json'] })
    const { runs } = output.parse(JSON.parse(stdout))
    expect([exitCode, runs[0]?.jobs[0]?.steps.at(-1)]).toEqual([
      0,
      { name: 'Run echo it runs', conclusion: 'success', log: expect.arrayContaining(['it runs']) },
    ])
  })

  type Case = readonly [event: string, options: readonly string[], on: string, expression: string, expected: string]
  const prepare = async ([event, options, on, expression]: Case): Promise<readonly string[]> => {
    await put({
      [path]: workflow(on, `echo "said: ${expression}"`),
      '.github/workflows/other.yml': workflow('workflow_call', 'echo').replace('name: CI', 'name: Other'),
    })
    return ['run', event, ...options, '--repos', folder, '--log']
  }

  test.each<Case>([
    [
      'issues',
      ['--title', 'A plan', '--label', 'bug'],
      '{ issues: { types: [opened] } }',
      '${{ github.event.issue.title }} ${{ join(github.event.issue.labels.*.name) }}',
      'A plan bug',
    ],
    ['repository_dispatch', ['--type', 'go'], '{ repository_dispatch: { types: [go] } }', '${{ github.event.action }}', 'go'],
    [
      'workflow_run',
      ['--workflow', 'other.yml', '--conclusion', 'failure'],
      '{ workflow_run: { workflows: [Other], types: [completed] } }',
      '${{ github.event.workflow_run.conclusion }}',
      'failure',
    ],
    [
      'workflow_dispatch',
      ['--workflow', 'ci.yml', '--input', 'n=7'],
      '{ workflow_dispatch: { inputs: { n: { type: number } } } }',
      '${{ inputs.n }}',
      '7',
    ],
    [
      'pull_request',
      ['--title', 'Add it'],
      'pull_request',
      '${{ github.event.pull_request.title }} ${{ github.ref }}',
      'Add it refs/pull/1/merge',
    ],
    ['push', ['--tag', 'v1'], '{ push: { tags: [v*] } }', '${{ github.ref }}', 'refs/tags/v1'],
    ['push', ['--branch', 'feature'], '{ push: { branches: [feature] } }', '${{ github.ref_name }}', 'feature'],
  ])('%s %j starts the workflow that asks for it', async (...each) => {
    const { stdout, exitCode } = await runHere(await prepare(each))
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(`| said: ${each[4]}\n`)])
  })

  test.each<Case>([
    [
      'issue_comment',
      ['--body', '/step done'],
      'issue_comment',
      '${{ github.event.comment.body }} ${{ github.event.issue.number }}',
      '/step done 1',
    ],
    ['schedule', [], '{ schedule: [{ cron: "0 3 * * 1" }] }', '${{ github.event.schedule }}', '0 3 * * 1'],
  ])('%s %j starts the workflow that asks for it, in a process of its own', async (...each) => {
    const { stdout, exitCode } = await runCli({ args: await prepare(each) })
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining(`| said: ${each[4]}\n`)])
  })

  test('secrets come from the environment or a file, never from the command line', async () => {
    await put({
      [path]: workflow(
        'push',
        'echo "$ONE:${#TWO} $THREE"',
        '    env: { ONE: "${{ secrets.ONE }}", TWO: "${{ secrets.TWO }}", THREE: "${{ vars.THREE }}" }\n',
      ),
      secrets: 'TWO="two two"\n',
      '.gitignore': 'secrets\n',
    })
    const args = ['run', 'push', '--repos', folder, '--log', '--secrets-file', join(folder, 'secrets'), '--var', 'THREE=3', '--secret']
    const { stdout } = await runHere([...args, 'ONE'], { ONE: 'first-secret' })
    expect(stdout).toContain('| ***:7 3\n')
    expect(stdout).not.toContain('first-secret')
    expect(await runHere([...args, 'ONE=x'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('takes a name only') })
    expect((await runHere([...args, 'NONE'])).stderr).toContain('SECRET_NOT_SET')
  })

  test('files that git would leave out do not reach the repository', async () => {
    await put({
      [path]: workflow('push', 'ls | tr "\\n" " "').replace('steps: [{', 'steps: [{ uses: actions/checkout@v7 }, {'),
      '.gitignore': 'node_modules\n',
      'node_modules/x/index.js': '',
      'kept.txt': '',
    })
    expect((await runHere(['run', 'push', '--repos', folder, '--log'])).stdout).toContain('| kept.txt \n')
  })

  test.each([
    ['an event that nobody can make', ['run', 'star'], 2, 'EVENT_UNKNOWN'],
    ['a folder that is not there', ['run', 'push', '--repos', '/none/such'], 2, 'REPOS_NOT_FOUND'],
    ['an option that is missing', ['run', 'workflow_dispatch', '--repos', '.'], 2, 'needs --workflow'],
  ])('%s is refused with what to do', async (_, args, code, text) => {
    await put({ [path]: workflow('push', 'echo') })
    const { exitCode, stderr } = await runHere(args.map((arg) => (arg === '.' ? folder : arg)))
    expect([exitCode, stderr]).toEqual([code, expect.stringContaining(text)])
  })

  test('an event that no workflow asks for ends with 1 and says so', async () => {
    await put({ [path]: workflow('workflow_dispatch', 'echo') })
    expect(await runHere(['run', 'push', '--repos', folder])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('No workflow asks for this push'),
    })
  })

  test('several repositories need a choice, and workflows start each other across them', async () => {
    await put({ [`one/${path}`]: workflow('push', 'echo'), [`two/${path}`]: workflow('push', 'echo') })
    expect((await runHere(['run', 'push', '--repos', folder])).stderr).toContain('There are several repositories: one, two')
    expect((await runHere(['run', 'push', '--repos', folder, '--repo', 'two'])).stdout).toContain('acme/two · CI · test')
  })

  test('an organisation’s .github beside others is a repository, not the sign of one', async () => {
    await put({ [`.github/${path}`]: workflow('push', 'echo'), [`one/${path}`]: workflow('push', 'echo') })
    expect((await runHere(['run', 'push', '--repos', folder])).stderr).toContain('There are several repositories: .github, one')
  })

  test('the toolkit’s own actions are there under their tags, unless the folder has them itself', async () => {
    const uses = (tag: string): string => workflow('push', 'echo').replace("run: 'echo'", `uses: switchyard/switchyard/actions/none@${tag}`)
    await put({ [`app/${path}`]: uses('v1.0.0'), 'switchyard/README.md': '' })
    const tell = async (...options: readonly string[]) =>
      (await runHere(['run', 'push', '--repos', folder, '--repo', 'app', ...options])).stdout
    expect(await tell()).toContain('actions/none@v1.0.0 holds no action.yml')
    expect(await tell('--owner', 'switchyard')).toContain('there is no switchyard/switchyard with a ref v1.0.0')
  })

  test('--json-lines tells of everything as it happens', async () => {
    await put({ [path]: workflow('push', 'echo it runs') })
    const { stdout, exitCode } = await runCli({ args: ['run', 'push', '--repos', folder, '--json-lines'] })
    const kinds = stdout
      .trim()
      .split('\n')
      .map((line) => z.looseObject({ kind: z.string() }).parse(JSON.parse(line)).kind)
    expect([exitCode, kinds[0], kinds.at(-1), kinds.filter((kind) => kind === 'job-completed').length]).toEqual([
      0,
      'run-queued',
      'run-completed',
      1,
    ])
  })

  test('with --json-lines an error is one line, too', async () => {
    const { exitCode, stdout, stderr } = await runHere(['run', 'push', '--repos', '/none/such', '--json-lines'])
    expect([exitCode, stderr, stdout.split('\n').length]).toEqual([2, '', 2])
    expect(JSON.parse(stdout)).toMatchObject({ code: 'REPOS_NOT_FOUND' })
  })

  test('--jobs 1 runs one job after another', async () => {
    await put({ [path]: workflow('push', 'echo', '    strategy: { matrix: { n: [1, 2, 3] } }\n') })
    const { stdout } = await runHere(['run', 'push', '--repos', folder, '--jobs', '1', '--json-lines'])
    const order = [...stdout.matchAll(/"kind":"(job-\w+)"/g)].map(([, kind]) => kind)
    expect(order).toEqual([1, 2, 3].flatMap(() => ['job-started', 'job-completed']))
  })

  test('an interruption ends with 1, and with it ends what the steps have started', async () => {
    await put({ [path]: workflow('push', 'echo "pid $$"; sleep 3600') })
    let [pid, said] = [0, '']
    const { exitCode, stdout } = await runCli({
      args: ['run', 'push', '--repos', folder, '--log'],
      onStarted: (child) =>
        child.stdout?.on('data', (chunk: Buffer) => {
          if (pid > 0) return
          said += chunk.toString('utf8')
          pid = Number(/\| pid (\d+)\n/.exec(said)?.[1] ?? 0)
          if (pid > 0) child.kill('SIGINT')
        }),
    })
    expect([exitCode, stdout]).toEqual([1, expect.stringMatching(/cancelled|not ended/)])
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  })

  test('--page writes everything as a page', async () => {
    await put({ [path]: workflow('push', 'echo "<b>&"; echo "# Hi <script>alert(1)</script>" >> "$GITHUB_STEP_SUMMARY"') })
    const page = join(folder, 'page.html')
    await runHere(['run', 'push', '--repos', folder, '--page', page])
    const html = await readFile(page, 'utf8')
    expect(html).toContain('&lt;b&gt;&amp;')
    expect(html).toContain('Hi &lt;script&gt;')
    expect(html).not.toMatch(/<script|<b>&/)
  })
})
