import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runJavaScriptAction } from '../src/index.ts'
import type { ActionResult, GitHubContext, JavaScriptActionOptions } from '../src/index.ts'

const github: GitHubContext = {
  token: 'ghs_exampletoken0123456789',
  repository: 'octo-org/source',
  repository_id: '42',
  event_name: 'issues',
  event: { action: 'opened', issue: { number: 7 } },
  sha: 'a'.repeat(40),
  ref: 'refs/heads/main',
  run_id: '9127',
  run_attempt: '2',
  job: 'operate',
  workflow: 'Operate',
  actor: 'octocat',
  api_url: 'http://127.0.0.1:1/api',
  graphql_url: 'http://127.0.0.1:1/graphql',
  server_url: 'http://127.0.0.1:1',
}

const run = (fixture: string, options: Partial<JavaScriptActionOptions> = {}): Promise<ActionResult> =>
  runJavaScriptAction({ actionFolder: join(import.meta.dirname, 'fixtures', fixture), github, ...options })

const speak = (lines: readonly string[], options: Partial<JavaScriptActionOptions> = {}): Promise<ActionResult> =>
  run('speaks', { inputs: { lines: lines.join('\n') }, ...options })

/** The log without the heading that repeats the inputs. */
const printed = (result: ActionResult): string => result.log.slice(result.log.indexOf('##[endgroup]\n') + '##[endgroup]\n'.length)

interface Report {
  readonly environment: Readonly<Record<string, string>>
  readonly event: unknown
  readonly workingDirectory: string
}

const report = (result: ActionResult): Report => JSON.parse(result.outputs['report'] ?? '{}')

describe('the environment of an action', () => {
  test('has each declared input, defaulted by evaluating its expressions', async () => {
    const { environment } = report(await run('reports'))
    expect(environment).toMatchObject({
      INPUT_TOKEN: github.token,
      INPUT_RUN_URL: 'http://127.0.0.1:1/octo-org/source/runs/9127',
      'INPUT_DRY-RUN': 'false',
      INPUT_NUMBER: '7',
      INPUT_PLAIN: '',
    })
  })

  test('has given inputs instead of defaults, whatever the case of their names', async () => {
    const { environment } = report(await run('reports', { inputs: { 'Dry-Run': 'true' }, github: { ...github, event: {} } }))
    expect(environment).toMatchObject({ 'INPUT_DRY-RUN': 'true', INPUT_NUMBER: 'none }}' })
  })

  test("has the runner's variables and the payload's file", async () => {
    const { environment, event, workingDirectory } = report(await run('reports'))
    expect(environment).toMatchObject({
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTOR: 'octocat',
      GITHUB_API_URL: github.api_url,
      GITHUB_EVENT_NAME: 'issues',
      GITHUB_GRAPHQL_URL: github.graphql_url,
      GITHUB_JOB: 'operate',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REF_NAME: 'main',
      GITHUB_REF_PROTECTED: 'false',
      GITHUB_REPOSITORY: 'octo-org/source',
      GITHUB_REPOSITORY_ID: '42',
      GITHUB_REPOSITORY_OWNER: 'octo-org',
      GITHUB_RUN_ATTEMPT: '2',
      GITHUB_RUN_ID: '9127',
      GITHUB_SERVER_URL: github.server_url,
      GITHUB_SHA: github.sha,
      GITHUB_WORKSPACE: workingDirectory,
      RUNNER_ENVIRONMENT: 'github-hosted',
    })
    expect(event).toEqual(github.event)
  })

  test('has nothing of this process but what a process needs to start', async () => {
    process.env['SWITCHYARD_TEST_LEAK'] = 'leaked'
    const { environment } = report(await run('reports', { env: { MINE: 'yes' } }))
    delete process.env['SWITCHYARD_TEST_LEAK']
    const known = /^(INPUT_|GITHUB_|RUNNER_|PATH$|Path$|PATHEXT$|SystemRoot$|SYSTEMROOT$|ComSpec$|TMPDIR$|TEMP$|TMP$|HOME$|CI$|MINE$|__CF)/
    expect(Object.keys(environment).filter((name) => !known.test(name))).toEqual([])
    expect(environment).not.toHaveProperty('GITHUB_TOKEN')
    expect(environment).not.toHaveProperty('GITHUB_EVENT')
  })

  test('is warned about when an input is unknown or deprecated', async () => {
    const { annotations, conclusion } = await run('reports', { inputs: { old: 'x', unheard: 'y' } })
    expect(annotations.map(({ level, message }) => [level, message])).toEqual([
      ['warning', "Input 'old' has been deprecated with message: use plain"],
      ['warning', "Unexpected input(s) 'unheard', valid inputs are ['token', 'run url', 'dry-run', 'number', 'plain', 'old']"],
    ])
    expect(conclusion).toBe('success')
  })
})

describe('what an action prints', () => {
  test('becomes annotations with their place in the workspace', async () => {
    const { annotations } = await speak(
      ['::error file=/repo/a/b.yml,line=3,col=5,title=Bad%2C very%3A::one%0Atwo', 'plain', '  ::notice::look'],
      { workspace: process.cwd() },
    )
    expect(annotations).toEqual([
      { level: 'error', message: 'one\ntwo', title: 'Bad, very:', file: '/repo/a/b.yml', line: 3, column: 5 },
      { level: 'notice', message: 'look' },
    ])
  })

  test('names files relative to the workspace', async () => {
    const { annotations } = await speak([`::warning file=${join(process.cwd(), 'a', 'b.yml')}::here`], { workspace: process.cwd() })
    expect(annotations).toEqual([{ level: 'warning', message: 'here', file: 'a/b.yml' }])
  })

  test('is kept to ten annotations of a level, each cut at 4096 characters', async () => {
    const { annotations, log } = await speak(Array.from({ length: 12 }, (_, index) => `::error::${index}${'x'.repeat(5000)}`))
    expect(annotations).toHaveLength(10)
    expect(annotations[0]?.message).toHaveLength(4096)
    expect(log).toContain('##[error]11x')
  })

  test('is grouped, and its debug lines are left out unless asked for', async () => {
    const lines = ['::group::Reading', '::debug::quiet', '::endgroup::']
    expect(printed(await speak(lines))).toBe('##[group]Reading\n##[endgroup]')
    expect(printed(await speak(lines, { debug: true }))).toBe('##[group]Reading\n##[debug]quiet\n##[endgroup]')
  })

  test('is not read for commands between stop-commands and its token', async () => {
    const { annotations, log } = await speak(['::stop-commands::pause-0123', '::error::not real', '::pause-0123::', '::error::real'])
    expect(annotations.map((annotation) => annotation.message)).toEqual(['real'])
    expect(log).toContain('\n::error::not real\n')
  })

  test('is read for commands of the old syntax in the middle of a line', async () => {
    const { annotations } = await speak(['title: ##[error]from untrusted text'])
    expect(annotations).toEqual([{ level: 'error', message: 'from untrusted text' }])
  })

  test('still sets outputs and state by the old commands, but no variables', async () => {
    const result = await speak(['::set-output name=a::1', '::save-state name=b::2', '::set-env name=c::3'])
    expect(result).toMatchObject({ outputs: { a: '1' }, state: { b: '2' }, env: {}, exitCode: 0, conclusion: 'failure' })
  })
})

describe('a secret', () => {
  test('that was given is masked in every line, in its encoded forms too', async () => {
    const encoded = Buffer.from(`x-access-token:${github.token}`).toString('base64')
    const result = await speak([`token ${github.token}!`, `basic ${encoded}`, '::error::with ghs_exampletoken0123456789 inside'])
    expect(printed(result)).toMatch(/^token \*\*\*!\nbasic \S*\*\*\*\n##\[error\]with \*\*\* inside$/)
    expect(result.annotations[0]?.message).toBe('with *** inside')
  })

  test('is masked in the heading that shows the inputs, each line of a key by itself', async () => {
    const key = '-----BEGIN KEY-----\nfirstline\nsecondline\n-----END KEY-----'
    const { log } = await run('reports', { inputs: { plain: key }, secrets: [key] })
    expect(log).toContain('  token: ***\n')
    expect(log).not.toMatch(/firstline|secondline/)
  })

  test('that the action registers is masked from then on', async () => {
    const result = await speak(['before hidden-value', '::add-mask::hidden-value', 'after hidden-value'], { secrets: ['other'] })
    expect(printed(result)).toBe('before hidden-value\nafter ***')
    expect(result.masks).toEqual([github.token, 'other', 'hidden-value'])
  })
})

describe('an action with pre and post', () => {
  test('hands state, variables and path from stage to stage', async () => {
    const result = await run('stages')
    expect(result.stages.map((stage) => stage.stage)).toEqual(['pre', 'main', 'post'])
    expect(result.summary).toBe('pre after nothing\nmain after pre,\npost after pre,main,\n')
    expect(result.env).toEqual({ SEEN: 'pre,main,post,' })
    expect(result.log).toContain('path: /added-by-main /added-by-pre')
  })

  test('skips main when pre failed, and still runs post', async () => {
    const result = await run('stages', { inputs: { fail: 'pre' } })
    expect(result.stages.map((stage) => stage.stage)).toEqual(['pre', 'post'])
    expect(result).toMatchObject({ exitCode: 3, conclusion: 'failure' })
  })
})

describe('an action that ends badly', () => {
  test('gives its exit code', async () => {
    expect(await run('speaks', { inputs: { lines: '', 'exit-code': '5' } })).toMatchObject({ exitCode: 5, conclusion: 'failure' })
  })

  test('keeps what it wrote when it is killed, and runs no post', async () => {
    const result = await run('waits', { onStarted: (child) => void child.stdout?.once('data', () => child.kill('SIGKILL')) })
    expect(result).toMatchObject({ exitCode: null, killedBy: 'SIGKILL', outputs: { begun: 'yes' }, conclusion: 'failure' })
    expect(result.stages).toHaveLength(1)
  })

  test('is killed by an aborted signal, also by one that was aborted before', async () => {
    const controller = new AbortController()
    const running = run('waits', {
      signal: controller.signal,
      onStarted: (child) => void child.stdout?.once('data', () => controller.abort()),
    })
    expect(await running).toMatchObject({ killedBy: 'SIGKILL' })
    expect(await run('waits', { signal: AbortSignal.abort() })).toMatchObject({ killedBy: 'SIGKILL' })
  })

  test('fails when its command files do not parse, although it exits with 0', async () => {
    const result = await run('breaks-files')
    expect(result).toMatchObject({ exitCode: 0, conclusion: 'failure', outputs: {}, env: { KEPT: '1' }, summary: '' })
    expect(result.annotations.map((annotation) => annotation.message)).toEqual([
      "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.",
      "Unable to process file command 'output' successfully.",
      "Invalid value. Matching delimiter not found 'END'",
      '$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got 1024k.',
    ])
  })

  test('is refused when the folder holds none', async () => {
    await expect(run('nowhere')).rejects.toMatchObject({ code: 'ACTION_NOT_FOUND' })
  })
})
