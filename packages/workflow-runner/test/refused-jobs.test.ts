import { afterEach, describe, expect, test } from 'vitest'
import { openRunnerLab, type RunnerLab } from './runner-lab.ts'

let lab: RunnerLab
afterEach(() => lab.close())

const job = (id: string, body: string): string => `  ${id}:\n    runs-on: ubuntu-latest\n${body.replaceAll(/^(?=.)/gm, '    ')}\n`

describe('what cannot run is refused by name, with its place, before anything runs', () => {
  test.each([
    ['a container', 'container: node\nsteps: [{ run: echo x }]', 'ci.yml:9:5: `container` is not supported by this runner'],
    ['services', 'services: { db: { image: x } }\nsteps: [{ run: echo x }]', '`services` is not supported by this runner'],
    ['a container action', 'steps: [{ uses: "docker://alpine" }]', '`docker://alpine`: container actions are not supported by this runner'],
    ['an action that is not there', 'steps: [{ uses: "acme/none@v1" }]', 'there is no acme/none with a ref v1 here'],
    ['a machine that is not here', 'steps: [{ run: echo x }]\n', 'no runner has the label `gpu`', 'gpu'],
    ['an unknown shell', 'steps: [{ run: echo x, shell: fish }]', 'The shell `fish` is not supported by this runner'],
    [
      'an unknown shell as default',
      'defaults: { run: { shell: fish } }\nsteps: [{ run: echo x }]',
      'ci.yml:9:31: The shell `fish` is not supported by this runner. Use one of',
    ],
    ['a job that is not there', 'needs: b\nsteps: [{ run: echo x }]', "Job 'a' depends on unknown job 'b'."],
    ['a key that is none', 'step: []\nsteps: [{ run: echo x }]', 'Unexpected value'],
  ])('%s', async (_, body, reason, label = 'ubuntu-latest') => {
    lab = await openRunnerLab()
    await lab.push({
      'ci.yml': `name: CI\non: push\njobs:\n${job('z', 'steps: [{ run: echo ran }]')}${job('a', body).replace('ubuntu-latest', label)}`,
    })
    const reasons = lab.progress.flatMap((each) => (each.kind === 'run-refused' ? each.reasons : []))
    expect(reasons.join('\n')).toContain(reason)
    expect(lab.jobs()).toEqual([])
    expect(lab.conclusions()).toEqual(['startup_failure'])
  })
})
