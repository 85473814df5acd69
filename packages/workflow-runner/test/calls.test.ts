import { afterEach, expect, test } from 'vitest'
import { openRunnerLab, type RunnerLab } from './runner-lab.ts'

let lab: RunnerLab
afterEach(() => lab.close())

const PATH = '.github/workflows/called.yml'

test('the token of a called workflow that says nothing may do all that its caller’s may', async () => {
  const called = 'on: workflow_call\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo ran }] } }\n'
  lab = await openRunnerLab({ files: { [PATH]: called } })
  await lab.push({
    'ci.yml': `on: push\njobs:\n  all: { permissions: write-all, uses: ./${PATH} }\n  some: { permissions: { contents: write, packages: read }, uses: ./${PATH} }\n`,
  })
  expect(lab.job('all / a').log).toContain('contents: write')
  expect(lab.job('all / a').log).toContain('issues: write')
  expect(lab.job('some / a').log).toContain('contents: write')
})

test('GITHUB_TOKEN can be given to a called workflow as a secret, and ends with it', async () => {
  const called = `on: { workflow_call: { secrets: { token: { required: true } } } }
jobs:
  a:
    runs-on: ubuntu-latest
    steps:
      - run: "curl -s -o /dev/null -w '%{http_code}\\n' -H \\"authorization: bearer $TOKEN\\" $GITHUB_API_URL/repos/acme/app/contents/README.md; printf %s $TOKEN | base64 -w0 | rev; echo"
        env: { TOKEN: "\${{ secrets.token }}" }
`
  lab = await openRunnerLab({ files: { [PATH]: called } })
  await lab.push({ 'ci.yml': `on: push\njobs:\n  call: { uses: ./${PATH}, secrets: { token: "\${{ secrets.GITHUB_TOKEN }}" } }\n` })
  const [status = '', reversed = ''] = lab.job('call / a').said
  expect(status).toBe('200')
  const token = Buffer.from([...reversed].reverse().join(''), 'base64').toString()
  expect((await lab.send('/repos/acme/app/contents/README.md', 'GET', undefined, token)).status).toBe(401)
})

test('the environment of a called workflow’s job brings its secrets, whatever the caller gives', async () => {
  const called = `on: { workflow_call: { secrets: { KEY: {} } } }
jobs:
  a: { runs-on: ubuntu-latest, environment: production, steps: [{ run: 'echo "\${#KEY} \${#OTHER}"', env: { KEY: "\${{ secrets.KEY }}", OTHER: "\${{ secrets.OTHER }}" } }] }
`
  lab = await openRunnerLab({ secrets: { KEY: 'of the repository', OTHER: 'not given' }, files: { [PATH]: called } })
  lab.github.world.setSecret({ repository: 'acme/app', environment: 'production', name: 'KEY', value: 'of production' })
  await lab.push({
    'ci.yml': `on: push\njobs:\n  given: { uses: ./${PATH}, secrets: { KEY: "\${{ secrets.KEY }}" } }\n  none: { uses: ./${PATH} }\n`,
  })
  expect([lab.job('given / a').said, lab.job('none / a').said]).toEqual([['13 0'], ['13 0']])
})

test('outputs of a matrix come together: an empty one takes nothing away', async () => {
  lab = await openRunnerLab()
  await lab.push({
    'ci.yml': `on: push
jobs:
  a:
    runs-on: ubuntu-latest
    strategy: { matrix: { ring: [1, 2, 3] } }
    outputs: { ring_1: "\${{ steps.s.outputs.ring_1 }}", ring_2: "\${{ steps.s.outputs.ring_2 }}", ring_3: "\${{ steps.s.outputs.ring_3 }}" }
    steps: [{ id: s, run: 'echo "ring_\${{ matrix.ring }}=of \${{ matrix.ring }}" >> "$GITHUB_OUTPUT"' }]
  b:
    needs: a
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "\${{ needs.a.outputs.ring_1 }}, \${{ needs.a.outputs.ring_2 }}, \${{ needs.a.outputs.ring_3 }}"' }]
`,
  })
  expect(lab.job('b').said).toEqual(['of 1, of 2, of 3'])
})

test('a called workflow waits for the group that it names, and never for one that its caller holds', async () => {
  const called =
    'on: workflow_call\nconcurrency: { group: one, queue: max }\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo }] } }\n'
  lab = await openRunnerLab({ files: { [PATH]: called } })
  const calls = `jobs:\n  first: { uses: ./${PATH} }\n  second: { uses: ./${PATH} }\n`
  await lab.push({ 'ci.yml': `on: push\n${calls}` })
  const order = lab.progress.flatMap((each) => (each.kind === 'job-started' || each.kind === 'job-completed' ? [each.kind] : []))
  expect(order).toEqual(['job-started', 'job-completed', 'job-started', 'job-completed'])
  await lab.push({ 'ci.yml': `on: push\nconcurrency: one\n${calls}` })
  expect(lab.job('first').log).toContain("deadlock was detected for concurrency group 'one'")
  expect(lab.conclusions()).toEqual(['success', 'failure'])
})
