import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { type LabOptions, openRunnerLab, type RunnerLab } from './runner-lab.ts'

let lab: RunnerLab
afterEach(() => lab.close())

/** Pushes one workflow and waits for its end. */
async function run(jobs: string, options: LabOptions & { readonly top?: string } = {}): Promise<void> {
  lab = await openRunnerLab(options)
  await lab.push({ 'ci.yml': `name: CI\non: push\n${options.top ?? ''}jobs:\n${jobs}` })
}

const job = (id: string, body: string): string => `  ${id}:\n    runs-on: ubuntu-latest\n${body.replaceAll(/^(?=.)/gm, '    ')}\n`

describe('steps', () => {
  test('outputs of several lines, variables, and folders of the path reach the steps after them', async () => {
    await run(
      job(
        'a',
        `steps:
  - id: one
    run: |
      printf 'text<<END\\nfirst\\nsecond = 2\\nEND\\n' >> "$GITHUB_OUTPUT"
      echo "COLOUR=blue" >> "$GITHUB_ENV"
      mkdir -p "$RUNNER_TEMP/bin" && printf '#!/bin/sh\\necho from the path' > "$RUNNER_TEMP/bin/tool" && chmod +x "$RUNNER_TEMP/bin/tool"
      echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"
  - run: |
      tool
      echo "$COLOUR \${{ env.COLOUR }} $TEXT"
    env:
      TEXT: \${{ steps.one.outputs.text }}`,
      ),
    )
    expect(lab.job('a').said).toEqual(['from the path', 'blue blue first', 'second = 2'])
  })

  test('a failure ends the steps but for those that ask for it', async () => {
    await run(
      job(
        'a',
        `steps:
  - run: exit 3
  - run: echo never
  - run: echo failed
    if: failure()
  - run: echo always \${{ job.status }}
    if: always()
  - run: echo cancelled
    if: cancelled()`,
      ),
    )
    expect(lab.job('a').steps).toEqual([
      'Set up job: success',
      'Run exit 3: failure',
      'Run echo never: skipped',
      'Run echo failed: success',
      'Run echo always failure: success',
      'Run echo cancelled: skipped',
    ])
    expect(lab.job('a').log).toContain('Process completed with exit code 3.')
    expect(lab.conclusions()).toEqual(['failure'])
  })

  test('a failure that is forgiven tells its outcome and its conclusion', async () => {
    await run(
      job(
        'a',
        `steps:
  - id: bad
    run: exit 1
    continue-on-error: \${{ github.ref == 'refs/heads/main' }}
  - run: echo \${{ steps.bad.outcome }} \${{ steps.bad.conclusion }}`,
      ),
    )
    expect(lab.job('a').said).toEqual(['failure success'])
    expect(lab.conclusions()).toEqual(['success'])
  })

  test('a time limit ends a step as failed, with everything it started', async () => {
    await run(
      job(
        'a',
        `steps:
  - run: sleep 3600 & sleep 3600
    timeout-minutes: 1
  - run: echo after
    if: always()`,
      ),
      { minute: 300 },
    )
    expect(lab.job('a').steps).toEqual(['Set up job: success', 'Run sleep 3600 & sleep 3600: failure', 'Run echo after: success'])
    expect(lab.job('a').log).toContain('has timed out after 1 minutes')
  })

  test('the shells: bash stops at a failing pipe, the default does not, others are run by name or template', async () => {
    await run(
      job(
        'a',
        `steps:
  - run: false | true; echo default goes on
  - run: console.log('a template')
    shell: node {0}
  - run: false | true; echo never
    shell: bash`,
      ),
    )
    expect(lab.job('a').said.slice(0, 2)).toEqual(['default goes on', 'a template'])
    expect(lab.job('a').steps.at(-1)).toMatch(/: failure$/)
    expect(lab.job('a').log).not.toMatch(/^never$/m)
  })

  test('defaults and the working directory of a step', async () => {
    await run(
      job(
        'a',
        `defaults:
  run:
    working-directory: inner
steps:
  - run: mkdir inner
    working-directory: .
  - run: basename "$PWD"`,
      ),
    )
    expect(lab.job('a').said).toEqual(['inner'])
  })

  test('variables of workflow, job and step: the nearest wins, and a script sees no more of this machine than it needs', async () => {
    process.env['LAB_LEAK'] = 'leaked'
    await run(
      job(
        'a',
        `env: { B: job, C: "job-\${{ github.ref_name }}" }
steps:
  - run: echo "$A $B $C $D[\${{ env.D }}] \${LAB_LEAK:-clean} $CI"
    env: { D: step }`,
      ),
      { top: 'env: { A: top, B: top }\n' },
    )
    delete process.env['LAB_LEAK']
    expect(lab.job('a').said).toEqual(['top job job-main step[step] clean true'])
  })

  test('secrets and masked values show nowhere, also not in a summary, an annotation or an output of the job', async () => {
    await run(
      `${job(
        'a',
        `outputs:
  key: \${{ steps.leak.outputs.key }}
  plain: open
steps:
  - id: leak
    run: |
      echo "::add-mask::walrus"
      echo "\${{ secrets.KEY }} and walrus"
      echo "::error::\${{ secrets.KEY }} walrus"
      echo "summary \${{ secrets.KEY }}" >> "$GITHUB_STEP_SUMMARY"
      echo "key=\${{ secrets.KEY }}" >> "$GITHUB_OUTPUT"`,
      )}${job(
        'b',
        `needs: a
steps:
  - run: echo "[\${{ needs.a.outputs.key }}] \${{ needs.a.outputs.plain }}"`,
      )}`,
      { secrets: { KEY: 'tiger-tiger' } },
    )
    expect(lab.job('a').said[0]).toBe('*** and ***')
    expect(lab.job('b').said).toEqual(['[] open'])
    const records = JSON.stringify([...lab.github.world.state.checkRuns.values(), ...lab.progress])
    expect(records).toContain('summary ***')
    expect(records).not.toMatch(/tiger-tiger/)
  })

  test('an expression that does not evaluate fails its step and says which', async () => {
    await run(
      job(
        'a',
        `steps:
  - run: echo \${{ fromJSON(github.ref) }}`,
      ),
    )
    expect(lab.job('a').log).toContain('fromJSON(github.ref)')
    expect(lab.conclusions()).toEqual(['failure'])
  })

  test('a folder, a program or an action that is not there fails its step, named, with what to do', async () => {
    await run(
      job(
        'a',
        `steps:
  - run: echo x
    working-directory: none
    continue-on-error: true
  - run: echo x
    shell: no-such-program {0}
    continue-on-error: true
  - run: touch plain
  - run: echo x
    shell: ./plain {0}
    continue-on-error: true
  - uses: ./none
    continue-on-error: true`,
      ),
    )
    const { log, said } = lab.job('a')
    expect(log).toContain('##[error]The working directory `none` is not there')
    expect(log).toContain('##[error]The program `no-such-program` is not there')
    expect(log).toContain('##[error]The program `./plain` is not there, or may not be run')
    expect(log).toContain('##[error]./none holds no action.yml')
    expect(said.filter((line) => line.includes('checked out') || line.includes('checks out'))).toHaveLength(2)
  })

  test('what a step leaves running lives on for the steps after it and ends with the job', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'left-running-'))
    await run(
      job(
        'a',
        `steps:
  - run: |
      (touch "$FOLDER/begun"; until [ -e "$FOLDER/ended" ] || [ ! -e "$FOLDER" ]; do sleep 0.02; done; rm "$FOLDER/ended") &
      echo "pid=$!" >> "$GITHUB_ENV"
    env: { FOLDER: "${folder}" }
  - run: until [ -e "${folder}/begun" ]; do sleep 0.02; done; kill -0 "$pid" && echo alive`,
      ),
    )
    expect(lab.job('a').said).toEqual(['alive'])
    // Whatever still ran would take the sign away again.
    await writeFile(join(folder, 'ended'), '')
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect((await readdir(folder)).sort()).toEqual(['begun', 'ended'])
    await rm(folder, { recursive: true })
  })
})

test('folders that steps add to the path: the last one is searched first, and one that comes again moves there', async () => {
  await run(
    job(
      'a',
      `steps:
  - run: printf '/one\\n/two\\n' >> "$GITHUB_PATH"
  - run: echo /three >> "$GITHUB_PATH"
  - run: echo /one >> "$GITHUB_PATH"
  - run: echo "$PATH" | cut -d ':' -f 1-4`,
    ),
  )
  expect(lab.job('a').said[0]).toMatch(/^\/one:\/three:\/two:(?!\/one)/)
})

describe('jobs', () => {
  test('outputs cross jobs, and a matrix is made of them', async () => {
    await run(
      `${job(
        'plan',
        `outputs: { rings: "\${{ steps.p.outputs.rings }}" }
steps:
  - id: p
    run: echo 'rings=["inner","outer"]' >> "$GITHUB_OUTPUT"`,
      )}${job(
        'walk',
        `needs: plan
strategy: { matrix: { ring: "\${{ fromJSON(needs.plan.outputs.rings) }}" } }
steps:
  - run: echo "\${{ matrix.ring }} \${{ strategy.job-index }} of \${{ strategy.job-total }}"`,
      )}`,
    )
    expect(lab.job('walk (inner)').said).toEqual(['inner 0 of 2'])
    expect(lab.job('walk (outer)').said).toEqual(['outer 1 of 2'])
  })

  test('a job behind a failure is skipped unless its condition says otherwise, and so is what stands behind it', async () => {
    await run(
      `${job('bad', 'steps: [{ run: exit 1 }]')}${job('skipped', 'needs: bad\nsteps: [{ run: echo never }]')}${job(
        'always',
        `needs: [bad, skipped]
if: always()
steps: [{ run: "echo \${{ needs.bad.result }} \${{ needs.skipped.result }}" }]`,
      )}${job('failed', 'needs: bad\nif: failure()\nsteps: [{ run: echo failed }]')}${job('behind', 'needs: always\nsteps: [{ run: echo never }]')}`,
    )
    const ends = Object.fromEntries(lab.jobs().map(({ name, conclusion }) => [name, conclusion]))
    expect(ends).toEqual({ bad: 'failure', skipped: 'skipped', always: 'success', failed: 'success', behind: 'skipped' })
    expect(lab.job('always').said).toEqual(['failure skipped'])
    expect(lab.conclusions()).toEqual(['failure'])
  })

  test('a job that may fail looks failed by itself and successful to the others', async () => {
    await run(
      `${job('shaky', 'continue-on-error: true\nsteps: [{ run: exit 1 }]')}${job('next', 'needs: shaky\nsteps: [{ run: "echo ${{ needs.shaky.result }}" }]')}`,
    )
    expect(lab.job('shaky').conclusion).toBe('failure')
    expect(lab.job('next').said).toEqual(['success'])
    expect(lab.conclusions()).toEqual(['success'])
  })

  test('the first failure of a matrix ends the others, unless fail-fast is off', async () => {
    const matrix = (more: string): string =>
      job(
        'm',
        `strategy: { matrix: { n: [1, 2] }${more} }
steps:
  - run: test \${{ matrix.n }} = 2 && exit 1 || sleep 3600
  - run: echo "stopped \${{ matrix.n }}"
    if: cancelled()`,
      )
    await run(matrix(', max-parallel: 2'))
    expect(lab.jobs().map(({ name, conclusion }) => [name, conclusion])).toEqual([
      ['m (1)', 'cancelled'],
      ['m (2)', 'failure'],
    ])
    expect(lab.job('m (1)').said).toContain('stopped 1')
    expect(lab.conclusions()).toEqual(['failure'])
  })

  test('a combination that no machine can run fails by itself: the others end before anything goes on', async () => {
    lab = await openRunnerLab()
    await lab.push({
      'ci.yml': `on: push
jobs:
  m:
    strategy: { fail-fast: false, matrix: { os: [ubuntu-latest, no-such-system] } }
    runs-on: \${{ matrix.os }}
    steps: [{ run: echo }]
  after: { needs: m, if: always(), runs-on: ubuntu-latest, steps: [{ run: "echo \${{ needs.m.result }}" }] }
`,
    })
    const ends = lab.progress.flatMap((each) => (each.kind === 'job-completed' ? [`${each.job.name}: ${each.conclusion}`] : []))
    expect(ends).toEqual(['m (no-such-system): failure', 'm (ubuntu-latest): success', 'after: success'])
    expect(lab.job('m (no-such-system)').log).toContain('No runner has the label no-such-system')
    expect(lab.job('after').said).toEqual(['failure'])
  })

  test('a combination that still waits for a machine when the first failure ends the matrix runs none of its steps', async () => {
    await run(
      job(
        'm',
        `strategy: { matrix: { n: [1, 2, 3] } }
steps:
  - run: test \${{ matrix.n }} != 1
  - run: echo "ran \${{ matrix.n }}"
    if: always()`,
      ),
      { jobs: 1 },
    )
    expect(lab.jobs().map(({ name, conclusion, said }) => [name, conclusion, said])).toEqual([
      ['m (1)', 'failure', ['ran 1']],
      ['m (2)', 'cancelled', []],
      ['m (3)', 'cancelled', []],
    ])
  })

  test('a job that fails without a step says why, and one whose step has said it does not say it again', async () => {
    const planless = job('a', 'strategy: { matrix: "${{ fromJSON(3) }}" }\nsteps: [{ run: echo }]')
    await run(planless + job('b', 'steps: [{ run: "echo ::error::said; exit 2" }]'))
    const problems = lab.progress.flatMap((each) => (each.kind === 'job-completed' ? [[each.job.name, each.problems]] : []))
    expect(problems).toEqual(
      expect.arrayContaining([
        ['a', [expect.stringContaining('matrix')]],
        ['b', []],
      ]),
    )
    expect(lab.job('b').log.match(/##\[error\]said/g)).toHaveLength(1)
  })

  test('max-parallel: 1 runs one combination after another', async () => {
    await run(
      job(
        'm',
        `strategy: { max-parallel: 1, fail-fast: false, matrix: { n: [1, 2, 3] } }
steps: [{ run: "echo \${{ matrix.n }}; test \${{ matrix.n }} != 1" }]`,
      ),
    )
    const order = lab.progress.flatMap((each) =>
      each.kind === 'job-started' || each.kind === 'job-completed' ? [`${each.kind} ${each.job.name}`] : [],
    )
    expect(order).toEqual([1, 2, 3].flatMap((n) => [`job-started m (${n})`, `job-completed m (${n})`]))
    expect(lab.jobs().map(({ conclusion }) => conclusion)).toEqual(['failure', 'success', 'success'])
  })

  test('a job’s time limit cancels it, and what always runs still runs', async () => {
    await run(
      job(
        'a',
        `timeout-minutes: 0.005
steps:
  - run: sleep 3600
  - run: echo clearing
    if: always()`,
      ),
    )
    expect(lab.job('a')).toMatchObject({ conclusion: 'cancelled', said: ['clearing'] })
  })

  test('a time limit that is no number fails its step or its job, and says what it is', async () => {
    await run(
      `${job('a', 'timeout-minutes: ${{ vars.NONE }}\nsteps: [{ run: echo never }]')}${job(
        'b',
        `steps:
  - run: echo never
    timeout-minutes: \${{ vars.NONE }}`,
      )}`,
    )
    expect([lab.job('a').conclusion, lab.job('b').conclusion]).toEqual(['failure', 'failure'])
    expect(
      [lab.job('a').log, lab.job('b').log].map((log) => log.includes("`timeout-minutes` must be a number of minutes, and is ''")),
    ).toEqual([true, true])
    expect([...lab.job('a').said, ...lab.job('b').said]).not.toContain('never')
  })

  test('a token has the permissions of its job and no more', async () => {
    const step = `steps:
  - shell: node {0}
    env: { T: "\${{ github.token }}" }
    run: |
      const { GITHUB_API_URL: api, GITHUB_REPOSITORY: name, T: token } = process.env
      const send = (path, method, body) => fetch(\`\${api}/repos/\${name}/\${path}\`, { method, body, headers: { authorization: \`bearer \${token}\` } })
      Promise.all([send('issues', 'POST', '{"title":"x"}'), send('contents/README.md', 'GET')]).then((all) => console.log(all.map(({ status }) => status).join()))`
    const jobs = `${job('reads', `permissions: { contents: read }\n${step}`)}${job('writes', `permissions: { issues: write }\n${step}`)}${job('default', step)}`
    await run(jobs)
    expect(['reads', 'writes', 'default'].map((name) => lab.job(name).said)).toEqual([['403,200'], ['201,403'], ['403,200']])
    await lab.close()
    await run(jobs, { top: 'permissions: { issues: write, contents: read }\n' })
    expect(['reads', 'writes', 'default'].map((name) => lab.job(name).said)).toEqual([['403,200'], ['201,403'], ['201,200']])
  })

  test('an environment brings its own secrets and variables', async () => {
    lab = await openRunnerLab({ secrets: { KEY: 'of the repository' } })
    lab.github.world.setVariable({ repository: 'acme/app', environment: 'production', name: 'REGION', value: 'north' })
    lab.github.world.setSecret({ repository: 'acme/app', environment: 'production', name: 'KEY', value: 'of production' })
    const step = 'steps: [{ run: \'echo "${#KEY} $REGION"\', env: { KEY: "${{ secrets.KEY }}", REGION: "${{ vars.REGION }}" } }]'
    await lab.push({ 'ci.yml': `on: push\njobs:\n${job('plain', step)}${job('there', `environment: { name: production }\n${step}`)}` })
    expect([lab.job('plain').said, lab.job('there').said]).toEqual([['17 '], ['13 north']])
  })
})
