import { GitHubError, UserError } from '@switchyard/core'
import { describe, expect, test } from 'vitest'
import { createMemoryRunner, type MemoryRunner, type MemoryRunnerOptions, noCrash } from '../test/memory-runner.ts'
import { sample } from '../test/sample-spec.ts'
import { performRun } from './perform-run.ts'
import type { Outcome, Run } from './run-types.ts'

const TOKEN = 'token-of-the-job'
const fine: Outcome<typeof sample> = { decision: 'done', reasonCode: 'fine', headline: 'Two things were done.', result: { things: 2 } }

async function perform(run: Run<typeof sample>, options: MemoryRunnerOptions = {}): Promise<MemoryRunner> {
  const runner = createMemoryRunner({ ...options, inputs: { token: TOKEN, ...options.inputs } })
  await performRun(sample, run, { runner, crash: noCrash })
  return runner
}

const failing =
  (error: Error): Run<typeof sample> =>
  async () => {
    throw error
  }

describe('a run that ends well', () => {
  test('writes its outputs, page and headline, and the step is green', async () => {
    const runner = await perform(async () => ({ ...fine, outputs: { count: 2, items: ['a'] }, summary: '# Page' }))
    expect(runner.outputs).toEqual({
      decision: 'done',
      'reason-code': 'fine',
      result: '{"schema_version":1,"things":2}',
      count: '2',
      items: '["a"]',
    })
    expect(runner).toMatchObject({ exitCode: 0, summary: '# Page', annotations: [], lines: ['Two things were done.'] })
  })

  test('leaves out no output that it has', async () => {
    expect((await perform(async () => fine)).outputs).toMatchObject({ count: '', items: '' })
  })

  test('knows its context, inputs and secrets', async () => {
    await perform(
      async ({ context, inputs, secrets }) => {
        expect(context).toMatchObject({
          eventName: 'push',
          payload: { number: 1 },
          repository: { owner: 'acme', name: 'app', fullName: 'acme/app', id: 11 },
          run: { id: 5, attempt: 2, job: 'go', url: 'https://github.com/acme/app/actions/runs/5/attempts/2' },
          proxyEnv: { https_proxy: 'http://p' },
        })
        expect(JSON.stringify(inputs)).not.toContain(TOKEN)
        expect(secrets.token).toBe(TOKEN)
        return fine
      },
      { payload: { number: 1 }, env: { https_proxy: 'http://p' } },
    ).then((runner) => expect(runner.exitCode).toBe(0))
  })

  test('closes what was handed over and ends all waiting', async () => {
    let closed = 0
    let woken = 0
    await perform(async ({ io }) => {
      io.closeAtEnd({ close: () => void closed++ })
      void io.sleep(3_600_000).then(() => woken++)
      return fine
    })
    expect([closed, woken]).toEqual([1, 1])
  })
})

describe('whether the step fails', () => {
  test.each([
    ['failed', undefined, 1],
    ['failed', false, 0],
    ['refused', undefined, 0],
    ['refused', true, 1],
    ['nothing-to-do', undefined, 0],
  ] as const)('%s with failed: %s ends with %i', async (decision, failed, exitCode) => {
    const runner = await perform(async () => ({ ...fine, decision, ...(failed !== undefined && { failed }) }))
    expect(runner.exitCode).toBe(exitCode)
    expect(runner.annotations.map(({ level, message }) => [level, message])).toEqual(exitCode ? [['error', fine.headline]] : [])
  })
})

describe('a run that throws', () => {
  test('what the user got wrong is shown on its lines, with the remedy', async () => {
    const faults = [2, 5].map((line) => ({
      code: 'BAD',
      severity: 'error' as const,
      message: `wrong on ${line}`,
      hint: 'mend it',
      place: { file: 'a.yml', line, column: 3 },
    }))
    const runner = await perform(failing(new UserError('NOT_THERE', 'The file is wrong.', { faults, hint: 'Read the docs.' })))
    expect(runner.annotations).toEqual([
      { level: 'error', message: 'The file is wrong.\nRead the docs.', properties: { title: 'NOT_THERE' } },
      { level: 'error', message: 'wrong on 2\nmend it', properties: { title: 'BAD', file: 'a.yml', startLine: 2, startColumn: 3 } },
      { level: 'error', message: 'wrong on 5\nmend it', properties: { title: 'BAD', file: 'a.yml', startLine: 5, startColumn: 3 } },
    ])
    expect(runner.outputs).toMatchObject({ decision: 'failed', 'reason-code': 'not-there' })
    expect(JSON.parse(runner.outputs['result'] ?? '')).toMatchObject({
      schema_version: 1,
      error: { code: 'NOT_THERE', faults: [{ place: { line: 2 } }, {}] },
    })
    expect(runner.summary).toContain('`a.yml:2:3`')
    expect(runner.exitCode).toBe(1)
  })

  test('bad inputs stop it before it starts', async () => {
    const runner = await perform(() => Promise.reject(new Error('it started')), { inputs: { mode: 'x' } })
    expect(runner.outputs).toMatchObject({ decision: 'failed', 'reason-code': 'invalid-input' })
    expect(runner.annotations).toHaveLength(1)
  })

  test('outside of a workflow it says so', async () => {
    const runner = await perform(async () => fine, { env: { GITHUB_RUN_ID: '' } })
    expect(runner.annotations[0]?.message).toContain('GITHUB_RUN_ID')
    expect(runner.exitCode).toBe(1)
  })

  test('a refusal of GitHub names route, status, request and permission', async () => {
    const error = new GitHubError('GITHUB_FORBIDDEN', 'The token may not do this.', {
      status: 403,
      route: 'POST /x',
      requestId: 'A:1',
      answer: 'Resource not accessible',
      hint: 'Give it `checks: write`.',
      neededPermission: 'checks: write',
    })
    const runner = await perform(failing(error))
    for (const part of ['POST /x', '403', 'A:1', 'checks: write', 'Resource not accessible']) {
      expect(runner.annotations[0]?.message).toContain(part)
    }
    expect(runner.outputs['reason-code']).toBe('github-forbidden')
    expect(runner.summary).toContain('Give it `checks: write`.')
  })

  test('a bug of ours comes with a link to report it that holds nothing of the user, and its stack only in the debug log', async () => {
    const bug = new TypeError('cannot read acme/hidden', { cause: new Error('deeper') })
    const runner = await perform(failing(bug))
    expect(runner.annotations[0]?.message).toContain('https://github.com/switchyard/switchyard/issues/new?title=sample')
    expect(runner.annotations[0]?.message.match(/https:\S+/)?.[0]).not.toContain('hidden')
    expect(runner.debugged.join()).toMatch(/at .*perform-run\.test\.ts/)
    expect(runner.debugged.join()).toContain('deeper')
    expect(JSON.stringify([runner.outputs, runner.annotations, runner.lines, runner.summary])).not.toMatch(/\bat .*:\d+:\d+/)
    expect(runner.outputs['reason-code']).toBe('internal')
  })

  test('what crashes outside of its promise counts', async () => {
    const runner = createMemoryRunner({ inputs: { token: TOKEN } })
    await performRun(sample, () => new Promise(() => {}), { runner, crash: Promise.reject(new Error('stray')) })
    expect(runner).toMatchObject({ exitCode: 1, outputs: { decision: 'failed', 'reason-code': 'internal' } })
  })

  test('an outcome that cannot be written fails the step', async () => {
    const runner = createMemoryRunner({ inputs: { token: TOKEN } })
    const broken = {
      ...runner,
      setOutput: () => {
        throw new Error('disk full')
      },
    }
    await performRun(sample, async () => fine, { runner: broken, crash: noCrash })
    expect(runner.exitCode).toBe(1)
    expect(runner.annotations[0]?.message).toContain('disk full')
  })
})

test('no secret comes out, wherever it is put', async () => {
  const run: Run<typeof sample> = async ({ io, secrets }) => {
    io.mask('derived-secret')
    const leak = `${secrets.token} ${Buffer.from(secrets.token).toString('base64')} derived-secret ghp_0123456789abcdefghijABCDEFGHIJ012345`
    io.log.info(leak)
    io.log.debug(leak)
    await io.log.group(leak, async () => {})
    io.annotate({ level: 'notice', message: leak, title: leak, file: leak })
    return {
      ...fine,
      headline: leak,
      result: { leak },
      outputs: { items: [leak] },
      summary: leak,
      annotations: [{ level: 'warning', message: leak }],
    }
  }
  const runner = await perform(run, { env: { HTTPS_PROXY: 'http://me:proxy-password@p' } })
  expect(runner.everything()).not.toMatch(/token-of-the-job|derived-secret|ghp_|dG9rZW4tb2Y/)
  expect(runner.secrets).toEqual(expect.arrayContaining([TOKEN, 'derived-secret', 'proxy-password']))

  const error = await perform(({ secrets }) => Promise.reject(new Error(`bad ${secrets.token}`, { cause: new Error(secrets.token) })))
  expect(error.everything()).not.toContain(TOKEN)
})

test('until it has come to its end, the step counts as failed', async () => {
  const runner = createMemoryRunner({ inputs: { token: TOKEN } })
  const run: Run<typeof sample> = async () => {
    expect(runner.exitCode).toBe(1)
    return fine
  }
  await performRun(sample, run, { runner, crash: noCrash })
  expect(runner.exitCode).toBe(0)
})

test('secrets are masked before anything is said', async () => {
  const runner = createMemoryRunner({ inputs: { token: TOKEN, mode: 'x' } })
  const order: string[] = []
  const watched = {
    ...runner,
    setSecret: () => void order.push('mask'),
    annotate: () => void order.push('say'),
    setOutput: () => void order.push('say'),
  }
  await performRun(sample, async () => fine, { runner: watched, crash: noCrash })
  expect(order.indexOf('say')).toBeGreaterThan(order.lastIndexOf('mask'))
  expect(order).toContain('mask')
})
