import { afterEach, expect, test } from 'vitest'
import { openRunnerLab, type RunnerLab } from './runner-lab.ts'

let lab: RunnerLab
afterEach(() => lab.close())

const composite = (steps: string): string =>
  `name: Mix\ndescription: Mixes\nruns:\n  using: composite\n  steps:\n${steps.replaceAll(/^(?=.)/gm, '    ')}\n`

const tells = (post: string): Readonly<Record<string, string>> => ({
  'tells/action.yml': 'name: Tells\ndescription: Tells\nruns: { using: node24, main: main.js, post: post.js }\n',
  'tells/main.js': 'console.log(`main ${process.env.COLOUR} ${process.env.GITHUB_ACTION}`)',
  'tells/post.js': post,
})

async function run(steps: string, files: Readonly<Record<string, string>>, minute?: number): Promise<void> {
  lab = await openRunnerLab({ files, ...(minute === undefined ? {} : { minute }) })
  const body = `- uses: actions/checkout@v7\n${steps}`.replaceAll(/^(?=.)/gm, '      ')
  await lab.push({ 'ci.yml': `on: push\nenv: { COLOUR: of the job }\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${body}\n` })
}

test('a post script sees its step’s own variables, whatever the job’s are by then', async () => {
  const post = 'console.log(`post ${process.env.COLOUR} ${process.env.LATER} ${process.env.GITHUB_ACTION}`)'
  await run(
    `- uses: ./tells
  env: { COLOUR: of the step }
- run: echo "COLOUR=changed" >> "$GITHUB_ENV" && echo "LATER=set" >> "$GITHUB_ENV"`,
    tells(post),
  )
  expect(lab.job('a').said).toEqual(expect.arrayContaining(['main of the step __self', 'post of the step set __self']))
})

test('a post script that fails within a composite action fails the job, and the log says how', async () => {
  await run('- uses: ./mix', { ...tells('process.exit(3)'), 'mix/action.yml': composite('- uses: ./tells') })
  expect(lab.job('a').conclusion).toBe('failure')
  expect(lab.job('a').log).toContain('Process completed with exit code 3.')
})

test('what a step of a composite action sets reaches the steps after it, but not over what the caller sets', async () => {
  await run(
    `- uses: ./mix
  env: { SHAPE: of the caller }`,
    {
      'mix/action.yml': composite(`- shell: bash
  run: echo "COLOUR=changed" >> "$GITHUB_ENV" && echo "SHAPE=changed" >> "$GITHUB_ENV"
- shell: bash
  run: echo "$COLOUR, $SHAPE, \${{ env.COLOUR }}"`),
    },
  )
  expect(lab.job('a').said).toContain('changed, of the caller, changed')
})

test('the time limit of a step ends a composite action with everything in it', async () => {
  await run(
    `- uses: ./mix
  timeout-minutes: 1`,
    {
      'mix/action.yml': composite(`- shell: bash
  run: sleep 3600
- shell: bash
  if: always()
  run: echo never`),
    },
    500,
  )
  expect(lab.job('a').steps).toContain('Run ./mix: failure')
  expect(lab.job('a').log).toContain('has timed out after 1 minutes')
  expect(lab.job('a').said).not.toContain('never')
})

test('GITHUB_ACTION of a step without an id says what it is, and counts from the second on', async () => {
  await run(
    `- run: echo $GITHUB_ACTION
- run: echo $GITHUB_ACTION
- id: named
  run: echo $GITHUB_ACTION
- uses: ./tells
- uses: ./tells`,
    tells(''),
  )
  const names = lab.job('a').said.filter((line) => /^(main of the job )?(__|named)/.test(line))
  expect(names).toEqual(['__run', '__run_2', 'named', 'main of the job __self', 'main of the job __self_2'])
})

test('an action whose scripts are not there fails its step and the job, named, and the other actions still clear up', async () => {
  const files = {
    ...tells("console.log('cleared')"),
    'half/action.yml': 'name: Half\ndescription: Half\nruns: { using: node24, main: main.js, post: dist/post.js }\n',
  }
  await run(
    `- uses: ./tells
- uses: ./half
  continue-on-error: true`,
    { ...files, 'half/main.js': '' },
  )
  expect(lab.job('a')).toMatchObject({ conclusion: 'failure' })
  expect(lab.job('a').log).toContain('`dist/post.js`, which the action Half runs, is not there')
  expect(lab.job('a').said).toContain('cleared')
})

test('an id that comes twice in a composite action fails its step', async () => {
  const step = '- { id: same, shell: bash, run: echo never }'
  await run('- uses: ./mix', { 'mix/action.yml': composite(`${step}\n${step}`) })
  expect(lab.job('a').log).toContain("The identifier 'same' may not be used more than once within the same scope.")
  expect(lab.job('a').said).not.toContain('never')
})

test('the pre script of an action within a composite action is refused by name: GitHub runs it, this runner does not', async () => {
  const nested = {
    'mix/action.yml': composite('- uses: acme/tools/early@main'),
    'early/action.yml': 'name: Early\ndescription: Early\nruns: { using: node24, pre: pre.js, main: main.js }\n',
  }
  lab = await openRunnerLab({ others: { tools: nested } })
  await lab.push({ 'ci.yml': 'on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ uses: acme/tools/mix@main }] } }\n' })
  const reasons = lab.progress.flatMap((each) => (each.kind === 'run-refused' ? each.reasons : []))
  expect(reasons.join('\n')).toContain(
    'ci.yml:2:46: `acme/tools/early@main`: the `pre` of an action within a composite action is not supported',
  )
})
