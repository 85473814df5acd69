import { createLiveStage, type LiveStage } from '../stage/live-stage.ts'
import { type Fact, printFacts, printHeading, renderFacts, type Story, type StoryPart, type Telling } from './story.ts'

const SOURCE = 'acme/source-app'
const LEDGER = 'refs/heads/switchyard/dispatch'

/** One push that ends in a deployment elsewhere. */
export const dispatchStory: Story = {
  name: 'dispatch',
  title: 'From a push to a deployment',
  lead: 'A push runs CI in one repository; its end starts the workflow of another, which has agreed to it, and not of a third.',
  tell,
}

async function tell({ terminal, onProgress }: Telling): Promise<readonly StoryPart[]> {
  printHeading(terminal, 'An embedded GitHub starts on this machine')
  terminal.progress('Pushing three repositories with git …')
  const stage = await createLiveStage('dispatch', { runner: { onProgress } })
  try {
    printFacts(terminal, [
      { label: SOURCE, text: 'asks: when ci.yml succeeds on main, start cd.yml over there' },
      { label: 'acme/target-service', text: 'allows it' },
      { label: 'acme/target-locked', text: 'allows somebody else only' },
      { label: 'switchyard/switchyard', text: 'holds the actions, built, under the tag v1' },
    ])

    printHeading(terminal, 'Somebody pushes to acme/source-app')
    await stage.maintainer.push({ repository: SOURCE, files: { 'page.html': '<p>A new page</p>\n' }, message: 'Add a page' })
    await stage.runner.idle()

    printHeading(terminal, 'What is there now')
    const found = await describeWorld(stage)
    printFacts(terminal, found)

    printHeading(terminal, 'The dispatch workflow is run again, as after a lost answer')
    const before = stage.runsOf('target-service').length
    await rerunDispatch(stage)
    const after = stage.runsOf('target-service').length
    terminal.print(`  acme/target-service: ${before} run before, ${after} run after. The ledger knows what was started.`)
    return [{ heading: 'What it left behind', markdown: renderFacts(found) }]
  } finally {
    await stage.close()
  }
}

async function describeWorld(stage: LiveStage): Promise<readonly Fact[]> {
  const { state } = stage.github.world
  const subjects = await stage.git(SOURCE, 'log', '--reverse', '--format=%s', LEDGER)
  // A job has a check run of its own, too, of the same name; ours is the one that says something.
  const named = [...state.checkRuns.values()].filter(({ name }) => name === 'dispatch')
  const checks = named.filter(({ output }) => (output.title ?? '') !== '' && output.summary !== undefined)
  const renderCheck = ({ headSha, conclusion, output }: (typeof checks)[number]): string =>
    `dispatch on ${headSha.slice(0, 7)}: ${conclusion}, “${output.title}”`
  return [
    ...stage.runsOf('target-service').map((run) => ({ label: 'started', text: `acme/target-service: “${run.displayTitle}”` })),
    { label: 'not started', text: `acme/target-locked: ${stage.runsOf('target-locked').length} runs` },
    ...checks.slice(-1).map((check) => ({ label: 'check run', text: renderCheck(check) })),
    ...[...state.issues.values()].map((issue) => ({ label: 'issue', text: `#${issue.number} of ${SOURCE}: ${issue.title}` })),
    ...subjects.split('\n').map((subject) => ({ label: 'ledger', text: subject })),
  ]
}

async function rerunDispatch({ github, runner, runsOf }: LiveStage): Promise<void> {
  const run = runsOf('source-app').find(({ workflowPath }) => workflowPath.endsWith('/dispatch.yml'))
  if (run === undefined) throw new Error('the dispatch workflow has not run')
  github.world.rerun(run.id)
  await runner.idle()
}
