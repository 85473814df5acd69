import { afterEach, expect, test } from 'vitest'
import { openRunnerLab, type RunnerLab } from './runner-lab.ts'

let lab: RunnerLab
afterEach(() => lab.close())

const speaks = (name: string, more = ''): Readonly<Record<string, string>> => ({
  [`${name}/action.yml`]: `name: ${name}
description: Speaks
inputs: { word: { default: "\${{ github.repository }}" } }
runs: { using: node24, main: main.js, post: post.js${more} }
`,
  [`${name}/main.js`]: `const fs = require('node:fs')
console.log('main ${name} ' + process.env.INPUT_WORD)
fs.appendFileSync(process.env.GITHUB_STATE, 'kept=${name}\\n')
fs.appendFileSync(process.env.GITHUB_OUTPUT, 'said=${name}\\n')
`,
  [`${name}/pre.js`]: `console.log('pre ${name}')`,
  [`${name}/post.js`]: `console.log('post ' + process.env.STATE_kept)`,
})

const ci = (steps: string, top = ''): string =>
  `name: CI\non: push\n${top}jobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${steps.replaceAll(/^(?=.)/gm, '      ')}\n`

test('actions of another repository: pre first, post last and in reverse order, also after a failure', async () => {
  lab = await openRunnerLab({ others: { tools: { ...speaks('one', ', pre: pre.js'), ...speaks('two') } } })
  await lab.push({
    'ci.yml': ci(`- uses: acme/tools/one@main
- uses: acme/tools/two@main
  with: { word: hello }
  id: two
- run: echo \${{ steps.two.outputs.said }}; exit 1
- uses: acme/tools/two@main
  if: success()`),
  })
  expect(lab.job('a').said.filter((line) => !line.startsWith('Action '))).toEqual([
    'pre one',
    'main one acme/app',
    'main two hello',
    'two',
    'post two',
    'post one',
  ])
  expect(lab.job('a').steps.slice(-2)).toEqual(['Post Run acme/tools/two@main: success', 'Post Run acme/tools/one@main: success'])
})

test('a ref may be a branch, a tag or a commit, and must be there', async () => {
  lab = await openRunnerLab({ others: { tools: speaks('one') } })
  const store = lab.github.world.git('acme/tools')
  const head = (await store.readRef('refs/heads/main')) ?? ''
  await store.createRef('refs/tags/v1', head)
  await lab.push({ 'ci.yml': ci(`- uses: acme/tools/one@v1\n- uses: acme/tools/one@${head}`) })
  expect(lab.job('a').said.filter((line) => line.startsWith('main'))).toHaveLength(2)
  await lab.push({ 'ci.yml': ci('- uses: acme/tools/one@v2') })
  expect(lab.conclusions()).toEqual(['success', 'startup_failure'])
})

test('an action in a private repository of somebody else is not there, a public one is', async () => {
  lab = await openRunnerLab()
  const { world } = lab.github
  world.addOrganization({ login: 'other', members: {} })
  for (const [name, visibility] of [
    ['hidden', 'private'],
    ['open', 'public'],
  ] as const) {
    await world.addRepository({ owner: 'other', name, visibility })
    await world.commit({ repository: `other/${name}`, files: speaks('one') })
  }
  await lab.push({ 'ci.yml': ci('- uses: other/open/one@main') })
  await lab.push({ 'ci.yml': ci('- uses: other/hidden/one@main') })
  expect(lab.conclusions()).toEqual(['success', 'startup_failure'])
})

test('a composite action: inputs in, outputs out, its steps’ failure is its own, its variables reach the job', async () => {
  lab = await openRunnerLab({
    files: {
      'tools/mix/action.yml': `name: Mix
description: Mixes
inputs: { colour: { required: true }, amount: { default: "2" } }
outputs: { mixed: { value: "\${{ steps.mix.outputs.result }}" } }
runs:
  using: composite
  steps:
    - id: mix
      shell: bash
      run: |
        echo "result=$AMOUNT x \${{ inputs.colour }} in $(basename "$GITHUB_ACTION_PATH") $OUTER" >> "$GITHUB_OUTPUT"
        echo "LATER=kept" >> "$GITHUB_ENV"
      env: { AMOUNT: "\${{ inputs.amount }}" }
    - uses: ./tools/inner
    - shell: bash
      if: inputs.colour == 'black'
      run: exit 1
    - shell: bash
      if: failure()
      run: echo composite failed
`,
      'tools/inner/action.yml':
        'name: Inner\ndescription: Inner\nruns: { using: composite, steps: [{ shell: bash, run: "echo inner [${{ secrets.X }}]" }] }\n'.replace(
          ' [${{ secrets.X }}]',
          '',
        ),
    },
  })
  await lab.push({
    'ci.yml': ci(`- uses: actions/checkout@v7
- uses: ./tools/mix
  id: mixed
  with: { colour: red }
  env: { OUTER: outer }
- run: echo "\${{ steps.mixed.outputs.mixed }} $LATER"
- uses: ./tools/mix
  with: { colour: black }
- run: echo never`),
  })
  expect(lab.job('a').said).toEqual(expect.arrayContaining(['inner', '2 x red in mix outer kept', 'composite failed']))
  expect(lab.job('a').steps.slice(-3)).toEqual([
    'Run ./tools/mix: failure',
    'Run echo never: skipped',
    'Post Run actions/checkout@v7: success',
  ])
})

test('$/ names an action of the workflow’s own commit, without a checkout', async () => {
  lab = await openRunnerLab({ files: speaks('own') })
  await lab.push({ 'ci.yml': ci('- uses: $/own') })
  expect(lab.job('a').said).toContain('main own acme/app')
})

test('checkout brings the commit of the run with its token, which is gone afterwards', async () => {
  lab = await openRunnerLab()
  await lab.push(
    {
      'ci.yml': ci(`- uses: actions/checkout@v7
- run: git log --format=%s && git config --get-regexp extraheader | wc -l && git rev-parse --abbrev-ref HEAD
- uses: actions/checkout@v7
  with: { ref: main, path: other, fetch-depth: 0, persist-credentials: false }
- run: git -C other log --format=%s && (git -C other config --get-regexp extraheader || echo none)`),
    },
    { branch: 'feature', message: 'Add a page' },
  )
  expect(
    lab
      .job('a')
      .said.filter((line) => !/^(Action|acme\/app at)/.test(line))
      .map((line) => line.trim()),
  ).toEqual(['Add a page', '1', 'feature', 'Add files', 'none'])
  expect(lab.job('a').conclusion).toBe('success')
})

test('a called workflow: inputs with their types, secrets given or inherited, outputs back, permissions no wider than the caller’s', async () => {
  const called = `on:
  workflow_call:
    inputs: { ring: { type: string, required: true }, dry: { type: boolean, default: true }, count: { type: number } }
    secrets: { key: { required: true } }
    outputs: { where: { value: "\${{ jobs.inner.outputs.where }}" } }
jobs:
  inner:
    runs-on: ubuntu-latest
    outputs: { where: "\${{ steps.s.outputs.where }}" }
    steps:
      - id: s
        run: echo "where=\${{ inputs.ring }} \${{ inputs.dry == true }} \${{ inputs.count == 3 }} \${#KEY} \${{ github.event_name }}" >> "$GITHUB_OUTPUT"
        env: { KEY: "\${{ secrets.key }}" }
`
  lab = await openRunnerLab({ secrets: { KEY: 'tiger-tiger' }, files: { '.github/workflows/deploy.yml': called } })
  await lab.push({
    'ci.yml': `name: CI
on: push
jobs:
  named: { uses: ./.github/workflows/deploy.yml, with: { ring: one, count: 3 }, secrets: { key: "\${{ secrets.KEY }}" } }
  inherits: { uses: ./.github/workflows/deploy.yml, with: { ring: two, dry: false }, secrets: inherit }
  after:
    needs: [named, inherits]
    runs-on: ubuntu-latest
    steps: [{ run: "echo '\${{ needs.named.outputs.where }}' '\${{ needs.inherits.outputs.where }}'" }]
`,
  })
  expect(lab.jobs().map(({ name }) => name)).toEqual(['named / inner', 'inherits / inner', 'after'])
  expect(lab.job('after').said).toEqual(['one true true 11 push two false false 11 push'])
})

test.each([
  ['an input that it has not', 'with: { ring: one, other: 1 }', 'Invalid input, other is not defined'],
  ['a required input left out', 'with: {}', 'Input ring is required'],
  ['more than the caller may', 'with: { ring: one }', "asks for 'issues: write', but is only allowed 'issues: none'"],
])('a called workflow given %s fails with the reason', async (_, given, reason) => {
  const called =
    'on: { workflow_call: { inputs: { ring: { type: string, required: true } } } }\npermissions: { issues: write }\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo ran }] } }\n'
  lab = await openRunnerLab({ files: { '.github/workflows/deploy.yml': called } })
  await lab.push({
    'ci.yml': `on: push\npermissions: { contents: read }\njobs: { call: { uses: ./.github/workflows/deploy.yml, ${given} } }\n`,
  })
  const shown = lab
    .jobs()
    .map(({ log }) => log)
    .join('\n')
  expect(shown).toContain(reason)
  expect(lab.conclusions()).toEqual(['failure'])
})

test('upload-artifact says what it would keep, and fails or warns where nothing is', async () => {
  lab = await openRunnerLab()
  const upload = (lines: readonly string[]): string =>
    ['- uses: actions/upload-artifact@v7', '  if: always()', '  with:', ...lines.map((line) => `    ${line}`)].join('\n')
  await lab.push({
    'ci.yml': ci(
      [
        '- run: mkdir -p out/.hidden && echo one > out/a && echo two > out/.hidden/b',
        upload(['name: found', 'path: out']),
        upload(['path: none']),
        upload(['path: none', 'if-no-files-found: error']),
        upload(['path: out/*']),
      ].join('\n'),
    ),
  })
  expect(lab.job('a').said).toContain('The artifact found would be 1 file of 4 bytes; nothing is kept on this machine')
  expect(
    lab
      .job('a')
      .steps.filter((step) => step.includes('upload-artifact'))
      .map((step) => step.split(': ').at(-1)),
  ).toEqual(['success', 'success', 'failure', 'failure'])
})
