import { expect, test } from 'vitest'
import { parseWorkflow } from '../workflow/parse-workflow.ts'
import { type EventFacts, matchesTrigger } from './match-trigger.ts'

const facts = (given: Partial<EventFacts>): EventFacts => ({
  name: 'push',
  action: undefined,
  branch: undefined,
  tag: undefined,
  changedPaths: undefined,
  workflowName: undefined,
  cron: undefined,
  ...given,
})
const push = (branch: string, ...changedPaths: readonly string[]): EventFacts => facts({ branch, changedPaths })
const tag = (name: string): EventFacts => facts({ tag: name })
const pull = (action: string, branch = 'main'): EventFacts => facts({ name: 'pull_request', action, branch, changedPaths: ['a'] })

test.each<readonly [string, EventFacts, boolean]>([
  ['push', push('main'), true],
  ['push', tag('v1'), true],
  ['{ push: { branches: [main, "rel/**"] } }', push('rel/1/2'), true],
  ['{ push: { branches: [main, "rel/*"] } }', push('rel/1/2'), false],
  ['{ push: { branches: ["**", "!main"] } }', push('main'), false],
  ['{ push: { branches: ["!main", "**"] } }', push('main'), true],
  ['{ push: { branches: [main] } }', tag('v1'), false],
  ['{ push: { tags: [v*] } }', push('main'), false],
  ['{ push: { tags: [v*] } }', tag('v1'), true],
  ['{ push: { tags-ignore: [v*] } }', tag('v1'), false],
  ['{ push: { branches-ignore: [main] } }', push('main'), false],
  ['{ push: { branches-ignore: [main] } }', push('other'), true],
  ['{ push: { branches: [main], tags: [v*] } }', tag('v1'), true],
  ['{ push: { paths: [src/**] } }', push('main', 'doc/a', 'src/a/b'), true],
  ['{ push: { paths: [src/**] } }', push('main', 'doc/a'), false],
  ['{ push: { paths: ["**", "!doc/**"] } }', push('main', 'doc/a'), false],
  ['{ push: { paths-ignore: [doc/**] } }', push('main', 'doc/a', 'doc/b'), false],
  ['{ push: { paths-ignore: [doc/**] } }', push('main', 'doc/a', 'src/b'), true],
  ['{ push: { paths: [src/**] } }', tag('v1'), true],
  ['pull_request', pull('opened'), true],
  ['pull_request', pull('synchronize'), true],
  ['pull_request', pull('labeled'), false],
  ['{ pull_request: { types: [labeled] } }', pull('labeled'), true],
  ['{ pull_request: { types: [labeled] } }', pull('opened'), false],
  ['{ pull_request: { branches: [main] } }', pull('opened', 'other'), false],
  ['issues', facts({ name: 'issues', action: 'labeled' }), true],
  ['{ issue_comment: { types: [created, edited] } }', facts({ name: 'issue_comment', action: 'deleted' }), false],
  ['{ repository_dispatch: { types: [go] } }', facts({ name: 'repository_dispatch', action: 'stop' }), false],
  [
    '{ workflow_run: { workflows: [A, B] } }',
    facts({ name: 'workflow_run', action: 'requested', workflowName: 'B', branch: 'main' }),
    true,
  ],
  [
    '{ workflow_run: { workflows: [A], branches-ignore: [main] } }',
    facts({ name: 'workflow_run', workflowName: 'A', branch: 'main' }),
    false,
  ],
  ['{ workflow_run: { workflows: [A] } }', facts({ name: 'workflow_run', workflowName: 'C' }), false],
  ['{ schedule: [{ cron: "1 2 * * *" }, { cron: "3 4 * * *" }] }', facts({ name: 'schedule', cron: '3 4 * * *' }), true],
  ['{ schedule: [{ cron: "1 2 * * *" }] }', facts({ name: 'schedule', cron: '3 4 * * *' }), false],
])('on: %s lets %j pass: %s', async (on, event, expected) => {
  const parsed = await parseWorkflow('x.yml', `on: ${on}\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: echo }] } }\n`)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  expect(matchesTrigger(parsed.workflow.triggers.get(event.name), event)).toBe(expected)
})
